package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When the last token of a key ends, as far as this instance knows.
 */
final class LivingTokens {

	/**
	 * Ably's clock, by which a token ends, may be so far behind the one of this server.
	 */
	static final Duration CLOCKS = Duration.ofMinutes(1);

	/** In whole seconds, so that most tokens change nothing; never too early. */
	private final AtomicLong end;

	/**
	 * Begins.
	 * @param end when the last token ends that may be out already
	 */
	LivingTokens(Instant end) {
		this.end = new AtomicLong(end.getEpochSecond() + 1);
	}

	/** A token was issued. */
	void issued(Instant expires) {
		mayLiveUntil(expires.plus(CLOCKS));
	}

	/** There may be one of which nobody has said so yet. */
	void mayLiveUntil(Instant time) {
		long second = time.getEpochSecond() + 1;
		if (second > this.end.get()) {
			this.end.accumulateAndGet(second, Math::max);
		}
	}

	/** Returns how many whole seconds one may live yet, rounded up, or no time at all. */
	Duration left(Instant now) {
		return Duration.ofSeconds(Math.max(0, this.end.get() - now.getEpochSecond()));
	}

}
