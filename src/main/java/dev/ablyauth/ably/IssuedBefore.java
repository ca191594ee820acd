package dev.ablyauth.ably;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The {@code issuedBefore} of a revocation: tokens whose {@code iat} is less than this
 * second of Ably's time are revoked. A whole second, because {@code iat} of an Ably JWT
 * counts whole seconds. Source: Ably docs, auth/revocation.
 *
 * @param second of Ably's time, without a fraction
 */
public record IssuedBefore(Instant second) implements Comparable<IssuedBefore> {

	/**
	 * Refuses a fraction of a second.
	 */
	public IssuedBefore {
		if (!second.equals(second.truncatedTo(ChronoUnit.SECONDS))) {
			throw new IllegalArgumentException("must be a whole second");
		}
	}

	/**
	 * Returns the second that revokes all that was issued until now. It is the next one,
	 * because a token of this very moment has the second that is running as its
	 * {@code iat}.
	 * @param ablyNow Ably's time
	 * @return the next second
	 */
	public static IssuedBefore next(Instant ablyNow) {
		return new IssuedBefore(ablyNow.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
	}

	/**
	 * Tells how long Ably would refuse it, as being in the future.
	 * @param ablyNow Ably's time
	 * @return zero when it can be sent
	 */
	public Duration early(Instant ablyNow) {
		return ablyNow.isBefore(this.second) ? Duration.between(ablyNow, this.second) : Duration.ZERO;
	}

	/**
	 * Returns the number for the wire.
	 * @return milliseconds since the epoch
	 */
	public long millis() {
		return this.second.toEpochMilli();
	}

	@Override
	public int compareTo(IssuedBefore other) {
		return this.second.compareTo(other.second);
	}

	@Override
	public String toString() {
		return this.second.toString();
	}

}
