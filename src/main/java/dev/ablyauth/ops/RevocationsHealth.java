package dev.ablyauth.ops;

import java.time.Duration;
import java.util.function.Supplier;

import dev.ablyauth.revocation.Backlog;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether Ably takes revocations. Never down: they are kept until it does.
 */
final class RevocationsHealth implements HealthIndicator {

	private static final Duration LONG = Duration.ofMinutes(2);

	private final Supplier<Backlog> backlog;

	RevocationsHealth(Supplier<Backlog> backlog) {
		this.backlog = backlog;
	}

	@Override
	public Health health() {
		Backlog now = this.backlog.get();
		Health.Builder health = Health.up();
		if (now.waiting() >= 0) {
			health.withDetail("waiting", (long) now.waiting())
				.withDetail("secondsOldestWaits", now.oldest().toSeconds());
		}
		Degraded degraded = new Degraded();
		if (now.oldest().compareTo(LONG) > 0) {
			degraded.add(
					"Ably has not taken a revocation for more than 2 minutes; those who are denied get no new token,"
							+ " and the tokens that they have are good until their end",
					"see in the log why Ably takes none: it cannot be reached, or the key may not revoke");
		}
		if (!now.fault().isEmpty()) {
			degraded.add("revocations wait, because the store fails: " + now.fault(),
					"look at the database of ably-auth.deny-list.url");
		}
		return degraded.in(health);
	}

}
