package dev.ablyauth.web;

import java.time.Clock;

import dev.ablyauth.ably.Operations;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.WishReader;
import dev.ablyauth.remote.RemoteState;
import dev.ablyauth.session.TrustedPeers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the doors.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

	@Bean
	ClientAddresses clientAddresses(TrustedPeers proxies) {
		return new ClientAddresses(proxies);
	}

	@Bean
	SharedBuckets sharedBuckets(RateLimitProperties settings, Clock clock) {
		return settings.shared(clock);
	}

	/** For the health. */
	@Bean
	RemoteState limitsInRedis(SharedBuckets shared) {
		return new RemoteState("limits", shared::isFailing, "each instance counts by itself");
	}

	@Bean
	Origins origins(WebProperties settings) {
		return new Origins(settings);
	}

	@Bean
	Refusals refusals(AuditLog audit, ClientAddresses addresses, LivePolicy policy, DecisionListener listener) {
		return new Refusals(audit, addresses, policy, listener);
	}

	@Bean
	WishReader wishReader(Operations operations) {
		return new WishReader(new CapabilityJson(operations));
	}

	@Bean
	TokenParamsReader tokenParamsReader(WishReader wishes) {
		return new TokenParamsReader(wishes, new JsonBodies());
	}

}
