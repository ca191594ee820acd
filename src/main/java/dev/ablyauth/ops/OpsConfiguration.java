package dev.ablyauth.ops;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.issuing.LiveKeys;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.remote.RemoteState;
import dev.ablyauth.rest.ClockWatch;
import dev.ablyauth.revocation.Backlog;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.session.SessionStates;
import dev.ablyauth.session.Sessions;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires health. Boot names each part by its bean; keys, policy, sessions and denyList are
 * the readiness.
 */
@Configuration(proxyBeanMethods = false)
class OpsConfiguration {

	@Bean
	KeysHealth keysHealthIndicator(LiveKeys keys, Clock clock) {
		return new KeysHealth(keys, clock);
	}

	@Bean
	PolicyHealth policyHealthIndicator(LivePolicy policy, LivePolicy.Shadow shadow) {
		return new PolicyHealth(policy, shadow);
	}

	@Bean
	SessionsHealth sessionsHealthIndicator(SessionStates states) {
		return new SessionsHealth(states);
	}

	@Bean
	SessionTries sessionTries(SessionStates states, Sessions sessions) {
		return new SessionTries(states, sessions).start();
	}

	@Bean
	DenyListHealth denyListHealthIndicator(DenyList list) {
		return new DenyListHealth(list);
	}

	@Bean
	ClockHealth clockHealthIndicator(ClockWatch clock) {
		return new ClockHealth(clock);
	}

	@Bean
	RevocationsHealth revocationsHealthIndicator(Supplier<Backlog> backlog) {
		return new RevocationsHealth(backlog);
	}

	@Bean
	RemoteHealth sharedRedisHealthIndicator(List<RemoteState> states) {
		return new RemoteHealth(states);
	}

	@Bean
	AuditHealth auditHealthIndicator(AuditLog audit) {
		return new AuditHealth(audit);
	}

}
