package dev.ablyauth.session;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Times in claims, as seconds since 1970. RFC 7519 2, NumericDate.
 */
final class ClaimTime {

	/** How far two clocks may differ. */
	static final long SKEW = 30;

	private static final long MAX = Instant.parse("9999-01-01T00:00:00Z").getEpochSecond();

	private ClaimTime() {
	}

	/** Reads a claim; null if it is no time. */
	static @Nullable Long of(@Nullable Object claim) {
		return (claim instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= MAX)
				? number.longValue() : null;
	}

}
