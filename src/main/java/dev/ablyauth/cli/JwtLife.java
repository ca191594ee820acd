package dev.ablyauth.cli;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * From when to when a JWT is good.
 *
 * @param issued {@code iat}
 * @param expires {@code exp}
 */
record JwtLife(@Nullable Instant issued, @Nullable Instant expires) {

	private static final Duration LONGEST = Duration.ofHours(24);

	private static final Duration LONGEST_REVOCABLE = Duration.ofHours(1);

	/** In seconds this would be in the year 5138. */
	private static final long SURELY_MILLISECONDS = 100_000_000_000L;

	static JwtLife read(Members claims, Inspector inspector) {
		JwtLife life = new JwtLife(time(claims, "iat"), time(claims, "exp"));
		life.judge(claims.report(), inspector.now());
		if (life.issued != null && life.expires != null) {
			judgeLength(Duration.between(life.issued, life.expires), inspector.key().hasRevocableTokens(),
					claims.report());
		}
		return life;
	}

	/** Reads a time that must be there. */
	static @Nullable Instant time(Members claims, String name) {
		Long seconds = claims.wholeNumber(name);
		if (!claims.has(name)) {
			claims.report().warn(name + "-missing", name + " is missing. Ably refuses a JWT without it.");
		}
		else if (seconds != null && (seconds >= SURELY_MILLISECONDS || seconds <= -SURELY_MILLISECONDS)) {
			claims.report()
				.warn(name + "-milliseconds", name + " must be in seconds, and this looks like milliseconds.");
			return null;
		}
		return (seconds != null) ? Instant.ofEpochSecond(seconds) : null;
	}

	private void judge(Report report, Instant now) {
		if (this.issued != null) {
			report.fact("issued", "issued", this.issued.toString(),
					this.issued + ", " + Spans.fromNow(this.issued, now));
			if (this.issued.isAfter(now)) {
				report.warn("iat-in-future", "iat is " + Spans.words(Duration.between(now, this.issued))
						+ " in the future. Ably refuses that, without tolerance.");
			}
		}
		if (this.expires != null) {
			expires(this.expires, report, now);
		}
	}

	/** Says when a token ends, and whether it has. */
	static void expires(Instant expires, Report report, Instant now) {
		boolean isOver = !expires.isAfter(now);
		String span = Spans.words(Duration.between(expires, now));
		report.fact("expires", "expires", expires.toString(),
				expires + (isOver ? ", expired " + span + " ago" : ", for another " + span));
		if (isOver) {
			report.warn("expired", "It expired " + span + " ago.");
		}
	}

	/**
	 * Judges how long a token lives.
	 * @param isRevocable whether its key is known to have revocable tokens
	 */
	static void judgeLength(Duration life, boolean isRevocable, Report report) {
		if (life.isNegative() || life.isZero()) {
			report.warn("no-life", "It ends before it begins.");
		}
		else if (life.compareTo(LONGEST) > 0) {
			report.warn("life-too-long", "It lives " + Spans.words(life) + ". Ably allows 24 hours.");
		}
		else if (life.compareTo(LONGEST_REVOCABLE) > 0 && isRevocable) {
			report.warn("life-too-long",
					"It lives longer than 1 hour. Ably allows no more where revocable tokens are switched on.");
		}
		else if (life.compareTo(LONGEST_REVOCABLE) > 0) {
			report.note("life-over-an-hour",
					"It lives longer than 1 hour. Ably refuses it if revocable tokens are switched on for the key.");
		}
	}

}
