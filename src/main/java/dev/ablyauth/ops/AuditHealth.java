package dev.ablyauth.ops;

import dev.ablyauth.audit.AuditLog;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether audit lines are written.
 */
final class AuditHealth implements HealthIndicator {

	private final AuditLog audit;

	AuditHealth(AuditLog audit) {
		this.audit = audit;
	}

	@Override
	public Health health() {
		Degraded degraded = new Degraded();
		if (this.audit.isBroken()) {
			degraded.add(
					"the last audit line could not be written to "
							+ (this.audit.hasFile() ? "the file; " : "standard output; ")
							+ (this.audit.isRequired() ? "no tokens are issued until one can" : "tokens are issued"),
					this.audit.hasFile() ? "look at the disk and the rights of ably-auth.audit.file"
							: "look at what takes the standard output of this process, or set ably-auth.audit.file");
		}
		return degraded.in(Health.up().withDetail("lost", this.audit.lost()));
	}

}
