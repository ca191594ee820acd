package dev.ablyauth.ops;

import dev.ablyauth.policy.LivePolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Which policy is in use, and what is wrong with the file as it is now. Never down: a
 * server that decides by its last good policy does its work.
 */
final class PolicyHealth implements HealthIndicator {

	private final LivePolicy policy;

	private final @Nullable LivePolicy shadow;

	PolicyHealth(LivePolicy policy, LivePolicy.Shadow shadow) {
		this.policy = policy;
		this.shadow = shadow.policy();
	}

	@Override
	public Health health() {
		Health.Builder health = Health.up().withDetail("policy", this.policy.current().hash());
		Degraded degraded = new Degraded();
		say(this.policy, "the policy file", degraded);
		if (this.shadow != null) {
			health.withDetail("shadow", this.shadow.current().hash());
			say(this.shadow, "the file of the shadow policy", degraded);
		}
		return degraded.in(health);
	}

	private static void say(LivePolicy policy, String file, Degraded degraded) {
		policy.problems()
			.forEach((problem) -> degraded.add(
					file + " has changed and cannot be used, the policy in use stays: " + problem,
					"mend the file, or put the one before it back"));
	}

}
