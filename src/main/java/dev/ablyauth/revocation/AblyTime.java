package dev.ablyauth.revocation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.ablyauth.ably.ClockOffset;

/**
 * Ably's time, as well as it is known; in milliseconds, as the store keeps it.
 *
 * @param own the clock of this machine
 * @param offset how far Ably's is ahead
 */
record AblyTime(Clock own, ClockOffset offset) {

	Instant now() {
		return this.own.instant().plus(this.offset.ahead()).truncatedTo(ChronoUnit.MILLIS);
	}

	/** Tells whether it was compared with Ably's not long ago, and is near it. */
	boolean isKnown() {
		return this.offset.isKnown();
	}

}
