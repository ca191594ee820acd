package dev.ablyauth.revocation;

import java.time.Duration;

/**
 * How long after a denial a token that falls under it can still come out. Only then a
 * repeat finds all of them. The same goes for a key that was replaced.
 */
public final class LateTokens {

	/** A session service, the policy, a wait for a second, and Ably itself. */
	private static final Duration LONGEST_REQUEST = Duration.ofSeconds(30);

	/** Ably makes a token of a TokenRequest that was signed so long ago. */
	private static final Duration REDEEMABLE = Duration.ofMinutes(2);

	/** The timestamp of a TokenRequest may be so far ahead. */
	private static final Duration SKEW = Duration.ofMinutes(1);

	private LateTokens() {
	}

	/**
	 * Adds it up.
	 * @param maxStaleness how long an instance that cannot read the list goes on
	 * @return the longest time
	 */
	public static Duration after(Duration maxStaleness) {
		return LONGEST_REQUEST.plus(maxStaleness).plus(REDEEMABLE).plus(SKEW);
	}

}
