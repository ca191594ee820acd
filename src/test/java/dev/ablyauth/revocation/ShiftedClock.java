package dev.ablyauth.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of the machine, with a part of the future already over.
 */
final class ShiftedClock extends Clock {

	private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

	void pass(Duration time) {
		this.shift.updateAndGet((before) -> before.plus(time));
	}

	@Override
	public Instant instant() {
		return Clock.systemUTC().instant().plus(this.shift.get());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
