package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * How long a token lives: the least of what all have to say, spread a little downwards,
 * because clients renew when Ably tells them and would all come back in one second.
 */
final class Lifetimes {

	private final TokenProperties settings;

	private final RandomGenerator random;

	Lifetimes(TokenProperties settings, RandomGenerator random) {
		this.settings = settings;
		this.random = random;
	}

	/** Refuses a wish for a token that would be over before its renewal. */
	void checkWish(@Nullable Duration wished) {
		if (wished != null && wished.compareTo(this.settings.minTtl()) < 0) {
			throw new Refused(Reason.INVALID_PARAMETER,
					"ttl: must be at least " + this.settings.minTtl().toMillis() + " ms.");
		}
	}

	/**
	 * Returns the lifetime, in whole seconds.
	 * @throws Refused if the session ends before the shortest token would
	 */
	Duration lifetime(Duration granted, Duration ofKey, Instant now, Instant sessionEnds) {
		Duration left = Duration.between(now, sessionEnds);
		if (left.compareTo(this.settings.minTtl()) < 0) {
			throw new Refused(Reason.SESSION_ENDS_TOO_SOON,
					"Less than " + this.settings.minTtl().toSeconds() + " s of the session are left; renew it first.");
		}
		long longest = Stream.of(granted, ofKey, left).mapToLong(Duration::toSeconds).min().orElseThrow();
		long spread = (long) (longest * this.settings.jitter() * this.random.nextDouble());
		return Duration.ofSeconds(Math.max(longest - spread, this.settings.minTtl().toSeconds()));
	}

}
