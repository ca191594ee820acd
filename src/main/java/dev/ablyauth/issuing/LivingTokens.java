package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When the last token of a key ends, as far as this instance knows.
 */
final class LivingTokens {

	/** In whole seconds, so that most tokens change nothing. */
	private final AtomicLong end;

	/**
	 * Begins.
	 * @param end when the last token ends that may be out already
	 */
	LivingTokens(Instant end) {
		this.end = new AtomicLong(end.getEpochSecond());
	}

	/** A token was issued. */
	void issued(Instant expires) {
		long second = expires.getEpochSecond() + 1;
		if (second > this.end.get()) {
			this.end.accumulateAndGet(second, Math::max);
		}
	}

	/** Returns how long one lives yet, or no time at all. */
	Duration left(Instant now) {
		Duration left = Duration.between(now, Instant.ofEpochSecond(this.end.get()));
		return left.isNegative() ? Duration.ZERO : left;
	}

}
