package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * How long a token lives: the least of what all have to say, spread a little downwards,
 * because clients renew when Ably tells them and would all come back in one second.
 */
final class Lifetimes {

	/** Ably's window for the timestamp of a TokenRequest. */
	private static final Duration REDEEMED_WITHIN = Duration.ofMinutes(2);

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
	 * Returns the longest lifetime that all allow.
	 * @throws Refused if the session ends before the shortest token would
	 */
	Lifetime longest(Lifetime granted, Lifetime ofKey, Instant now, Instant sessionEnds) {
		Duration left = Duration.between(now, sessionEnds);
		if (left.compareTo(this.settings.minTtl()) < 0) {
			throw new Refused(Reason.SESSION_ENDS_TOO_SOON,
					"Less than " + this.settings.minTtl().toSeconds() + " s of the session are left; renew it first.");
		}
		return Lifetime.least(List.of(granted, ofKey, new Lifetime(left, "session")));
	}

	/**
	 * Shortens the life of a token that the client redeems when it likes, within the two
	 * minutes in which Ably takes the TokenRequest: it counts from then, and must not
	 * outlive the session. Where so little is left that no token would be possible, the
	 * shortest one is, and may do so by less than two minutes.
	 */
	Duration ofTokenRequest(Duration lifetime, Instant now, Instant sessionEnds) {
		long left = Duration.between(now, sessionEnds).minus(REDEEMED_WITHIN).toSeconds();
		return Duration.ofSeconds(Math.min(lifetime.toSeconds(), Math.max(left, this.settings.minTtl().toSeconds())));
	}

	/** Takes up to the share of the jitter away; in whole seconds. */
	Duration spread(Duration longest) {
		long seconds = longest.toSeconds();
		long spread = (long) (seconds * this.settings.jitter() * this.random.nextDouble());
		return Duration.ofSeconds(Math.max(seconds - spread, this.settings.minTtl().toSeconds()));
	}

}
