package dev.ablyauth.web;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.ablyauth.revocation.RevocationId;
import org.jspecify.annotations.Nullable;

/**
 * Which revocations an admin wants to see: {@code ?limit=20&after=...}.
 *
 * @param after the last one that was seen before, or null
 * @param limit how many at most
 */
record RevocationQuery(@Nullable RevocationId after, int limit) {

	private static final Set<String> NAMES = new TreeSet<>(Set.of("after", "limit"));

	private static final int USUAL = 20;

	private static final int MOST = 100;

	/**
	 * Reads a query.
	 * @throws dev.ablyauth.ably.Refused if it asks for what nobody knows
	 */
	static RevocationQuery read(Map<String, String[]> query) {
		try {
			PageQuery page = PageQuery.read(query, NAMES, USUAL, MOST);
			return new RevocationQuery((page.after() != null) ? id(page.after()) : null, page.limit());
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(ex.getMessage() + ".");
		}
	}

	private static RevocationId id(String after) {
		try {
			return new RevocationId(after);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("after: " + ex.getMessage(), ex);
		}
	}

}
