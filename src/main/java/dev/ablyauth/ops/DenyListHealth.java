package dev.ablyauth.ops;

import java.time.Duration;

import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.DenyListSnapshot;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the deny-list can be relied on, and so whether this instance can issue tokens.
 */
final class DenyListHealth implements HealthIndicator {

	private final DenyList list;

	DenyListHealth(DenyList list) {
		this.list = list;
	}

	@Override
	public Health health() {
		Health.Builder health = this.list.isGood() ? Health.up() : Health.down();
		DenyListSnapshot known = this.list.lastKnown();
		if (known != null) {
			health.withDetail("targets", known.size()).withDetail("change", known.number());
		}
		Duration age = this.list.age();
		if (age != null) {
			health.withDetail("secondsSinceRead", age.toSeconds());
		}
		Degraded degraded = new Degraded();
		if (!this.list.fault().isEmpty()) {
			degraded.add(
					"the deny-list cannot be read: " + this.list.fault()
							+ "; what was read last is used until max-staleness, then no tokens are issued",
					"look at the database of ably-auth.deny-list.url; where another database has to take its place,"
							+ " restart this server");
		}
		return degraded.in(health);
	}

}
