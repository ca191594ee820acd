package dev.ablyauth.ops;

import java.time.Clock;

import dev.ablyauth.issuing.LiveKeys;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.revocation.DenyList;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires health.
 */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

	@Bean
	PolicyHealth policyHealth(LivePolicy policy, LivePolicy.Shadow shadow) {
		return new PolicyHealth(policy, shadow);
	}

	@Bean
	KeyHealth keyHealth(LiveKeys keys, Clock clock) {
		return new KeyHealth(keys, clock);
	}

	/** Part of the readiness, under the name denyList. */
	@Bean
	DenyListHealth denyListHealthIndicator(DenyList list) {
		return new DenyListHealth(list);
	}

}
