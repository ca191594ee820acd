package dev.ablyauth.ops;

import java.time.Duration;

import dev.ablyauth.rest.ClockWatch;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the clock of this machine agrees with Ably's. Never down: tokens go on, by
 * Ably's time while it is known.
 */
final class ClockHealth implements HealthIndicator {

	/** Ably takes a TokenRequest within two minutes of its clock. */
	private static final Duration MUCH = Duration.ofSeconds(30);

	private static final double MILLIS = 1000;

	private final ClockWatch clock;

	ClockHealth(ClockWatch clock) {
		this.clock = clock;
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up()
			.withDetail("ablysTimeCounts", this.clock.isKnown())
			.withDetail("jumps", this.clock.jumps());
		Duration age = this.clock.age();
		Duration offset = this.clock.measured();
		if (age == null || offset == null) {
			return health.build();
		}
		health.withDetail("offsetSeconds", offset.toMillis() / MILLIS)
			.withDetail("secondsSinceMeasured", age.toSeconds());
		Degraded degraded = new Degraded();
		if (offset.abs().compareTo(MUCH) > 0) {
			degraded.add("Ably's clock is more than 30 s from the one of this machine; " + madeBy(),
					"set the clock of this machine, and see why NTP does not");
		}
		if (!this.clock.isKnown() && this.clock.isAlone()) {
			degraded.add(
					"Ably's time was not learnt for an hour, and the clock of this machine has jumped since, so a"
							+ " counter goes on from what was learnt",
					"look whether this machine reaches ably-auth.ably.rest-url; where its clock is right, restart the server");
		}
		else if (!this.clock.isKnown() && offset.abs().compareTo(MUCH.multipliedBy(2)) <= 0) {
			degraded.add("Ably's time was not learnt for an hour, so the clock of this machine counts alone",
					"look whether this machine reaches ably-auth.ably.rest-url");
		}
		return degraded.in(health);
	}

	private String madeBy() {
		if (this.clock.isKnown()) {
			return "tokens are made by Ably's time";
		}
		return this.clock.isAlone() ? "tokens are made by a counter of this server"
				: "tokens are made by the one of this machine, and Ably may refuse them";
	}

}
