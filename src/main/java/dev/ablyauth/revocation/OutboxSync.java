package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Learns of the revocations of others, in the same round in which changes of the
 * deny-list are read, and before those are in the copy: whoever is let in again must not
 * get a token that the last revocation hits.
 */
final class OutboxSync {

	/** More than clocks that are right can be apart. */
	private static final Duration SOON = Duration.ofSeconds(2);

	private final RevocationReads store;

	private final RecentSeconds recent;

	private final Instances instances;

	private final AblyTime time;

	private long known;

	OutboxSync(RevocationReads store, RecentSeconds recent, Instances instances, AblyTime time) {
		this.store = store;
		this.recent = recent;
		this.instances = instances;
		this.time = time;
	}

	/**
	 * Reads what is new, at first all of the last hour.
	 * @throws DenialStoreException if the store cannot be read or has gone back
	 */
	void read() {
		long number = this.store.number();
		if (number < this.known) {
			throw new DenialStoreException("it is at revocation " + number + " and was at " + this.known + " before");
		}
		if (number > this.known) {
			Instant now = this.time.now();
			List<RecentSeconds.Entry> news = this.store.since(this.known, now.minus(RecentSeconds.KEPT),
					now.plus(SOON));
			this.recent.add(news.stream().filter((entry) -> !isFarAhead(entry)).toList(), now);
			this.known = number;
		}
	}

	/**
	 * By a clock that was wrong; it will have another second, see {@link OutboxTimes}.
	 */
	private boolean isFarAhead(RecentSeconds.Entry entry) {
		return this.time.isKnown() && entry.second().second().isAfter(this.time.now().plus(OutboxTimes.FAR));
	}

	/**
	 * Tells the others what is known here.
	 * @param changes the last change of the deny-list that is in the copy
	 */
	void tell(long changes) {
		this.instances.tell(new Reached(changes, this.known));
	}

}
