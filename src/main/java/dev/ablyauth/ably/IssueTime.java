package dev.ablyauth.ably;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * The {@code iat} of a token. It is usually set back a little, because Ably refuses one
 * in its future. Around a revocation it must not be: a token that is older than its
 * target's last revocation is refused with 40141 as soon as it is shown, and its client
 * comes back at once for another.
 *
 * @param issuedAt a whole second of Ably's time
 * @param early how long the token has to be kept back, so that the second has begun
 */
public record IssueTime(Instant issuedAt, Duration early) {

	/**
	 * For so long after a revocation no token of its target is set back.
	 */
	static final Duration NOT_SET_BACK = Duration.ofSeconds(5);

	/**
	 * Decides on the time of a token.
	 * @param ablyNow Ably's time, as well as it is known
	 * @param backdate how far {@code iat} is set back otherwise
	 * @param revoked the last revocation that the token must not fall under, or null
	 * @return the second of that revocation or a later one
	 */
	public static IssueTime of(Instant ablyNow, Duration backdate, @Nullable IssuedBefore revoked) {
		Instant setBack = wholeSecond(ablyNow.minus(backdate));
		if (revoked == null) {
			return new IssueTime(setBack, Duration.ZERO);
		}
		Duration early = revoked.early(ablyNow);
		if (!early.isZero()) {
			return new IssueTime(revoked.second(), early);
		}
		if (ablyNow.isBefore(revoked.second().plus(NOT_SET_BACK))) {
			return new IssueTime(wholeSecond(ablyNow), Duration.ZERO);
		}
		// For whoever sets tokens back further than that.
		return new IssueTime(setBack.isBefore(revoked.second()) ? revoked.second() : setBack, Duration.ZERO);
	}

	private static Instant wholeSecond(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS);
	}

}
