package dev.ablyauth.rest;

import java.time.Clock;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.policy.CapabilityJson;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the way to Ably.
 */
@Configuration(proxyBeanMethods = false)
class RestConfiguration {

	@Bean
	AblyRestApi ablyRestApi(AblyRestProperties settings, Operations operations, Clock clock) {
		return new AblyRestApi(settings.restUrl(), new CapabilityJson(operations), clock);
	}

}
