package dev.ablyauth.revocation;

import java.time.Duration;

/**
 * The revocations that Ably has not taken yet, as they were counted last.
 *
 * @param waiting how many, one for each target and key; no number before the first count
 * @param oldest how long the oldest of them has waited, or no time at all
 * @param fault why the store cannot be used, or an empty text
 */
public record Backlog(double waiting, Duration oldest, String fault) {

	static final Backlog UNKNOWN = new Backlog(Double.NaN, Duration.ZERO, "");

	/** The same, while it cannot be counted. */
	Backlog but(String fault) {
		return new Backlog(this.waiting, this.oldest, fault);
	}

}
