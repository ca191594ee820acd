package dev.ablyauth.policy;

import dev.ablyauth.ably.Operations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the policy.
 */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

	@Bean
	Policy policy(PolicyFileProperties file, Operations operations) {
		return file.read(operations);
	}

}
