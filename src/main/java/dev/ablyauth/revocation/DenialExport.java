package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Refused;

/**
 * All denials that there were at one moment, a few at a time, so that a million of them
 * need no memory and hold no transaction open. Rows are never deleted, and their numbers
 * grow in the order in which they can be seen, so none is missing and none is there
 * twice. Each is as it was when it was read.
 */
public final class DenialExport {

	/** So many are in memory. */
	static final int ROWS = 1000;

	private final DenialReads reads;

	private final DenialSearch search;

	private final Instant begun;

	private final long newest;

	private long last;

	private long count;

	private boolean complete;

	/**
	 * Begins.
	 * @param begun the time, by which denials stand or are over
	 * @throws DenialStoreException if the store cannot be read
	 */
	DenialExport(DenialReads reads, DenialSearch search, Instant begun) {
		this.reads = reads;
		this.search = search;
		this.begun = begun;
		this.newest = reads.position(0).number();
	}

	/**
	 * Reads more.
	 * @return objects for JSON, one for each line: denials, the oldest first, and at the
	 * end one that says how many there were; after that, none
	 * @throws Refused if the store cannot be read, and then the end never comes
	 */
	public List<Map<String, Object>> next() {
		if (this.complete) {
			return List.of();
		}
		List<Denial> page = Denials
			.called(() -> this.reads.page(this.search, this.begun, this.last, this.newest, ROWS));
		if (page.isEmpty()) {
			this.complete = true;
			Map<String, Object> end = new LinkedHashMap<>();
			end.put("complete", true);
			end.put("count", this.count);
			return List.of(end);
		}
		this.last = page.get(page.size() - 1).number();
		this.count += page.size();
		return page.stream().map((denial) -> denial.members(this.begun)).toList();
	}

	/** The last change that may be in it. */
	long newest() {
		return this.newest;
	}

}
