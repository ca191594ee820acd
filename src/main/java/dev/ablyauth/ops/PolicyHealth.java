package dev.ablyauth.ops;

import java.util.List;

import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.PolicyProblem;
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
		List<PolicyProblem> problems = this.policy.problems();
		Health.Builder health = Health.up().withDetail("policy", this.policy.current().hash());
		if (!problems.isEmpty()) {
			health.withDetail("degraded", "the file has changed and cannot be used; mend it, the policy in use stays")
				.withDetail("problems", problems.stream().map(PolicyProblem::toString).toList());
		}
		if (this.shadow != null) {
			health.withDetail("shadow", this.shadow.current().hash());
			if (!this.shadow.problems().isEmpty()) {
				health.withDetail("shadowProblems",
						this.shadow.problems().stream().map(PolicyProblem::toString).toList());
			}
		}
		return health.build();
	}

}
