package dev.ablyauth.ops.meters;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.issuing.DecisionListener;
import dev.ablyauth.issuing.ForgivingListener;
import dev.ablyauth.issuing.KeyState;
import dev.ablyauth.issuing.LiveKeys;
import dev.ablyauth.issuing.ShadowPolicy;
import dev.ablyauth.policy.Difference;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.rest.ClockWatch;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.DenyListSnapshot;
import dev.ablyauth.session.Sessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the meters.
 */
@Configuration(proxyBeanMethods = false)
class MetersConfiguration {

	@Bean
	DecisionListener decisionMeters(MeterRegistry meters, LiveKeys keys, Clock clock) {
		DecisionMeters decisions = new DecisionMeters(meters);
		keys.follow(() -> decisions
			.keep(keys.states(clock.instant()).stream().map(KeyState::name).collect(Collectors.toSet())));
		return new ForgivingListener(decisions, Ticker.systemTicker());
	}

	@Bean
	MeterBinder stateMeters(LivePolicy policy, LivePolicy.Shadow shadow, ClockWatch clock, AuditLog audit,
			Sessions sessions) {
		return (meters) -> {
			StateMeters.policy(meters, "decides", policy);
			LivePolicy tried = shadow.policy();
			if (tried != null) {
				StateMeters.policy(meters, "shadow", tried);
			}
			StateMeters.clock(meters, clock);
			StateMeters.audit(meters, audit);
			StateMeters.sessions(meters, sessions);
		};
	}

	@Bean
	KeyMeters keyMeters(LiveKeys keys, Clock clock) {
		return new KeyMeters(keys, clock);
	}

	@Bean
	MeterBinder policyMeters(LivePolicy policy) {
		return (meters) -> {
			FunctionCounter.builder("policy.reloads", policy, LivePolicy::reloads)
				.tag("result", "used")
				.description("How often a changed policy file was taken")
				.register(meters);
			FunctionCounter.builder("policy.reloads", policy, LivePolicy::failures)
				.tag("result", "refused")
				.description("How often a changed policy file could not be used")
				.register(meters);
			Gauge.builder("policy.problems", policy, (live) -> live.problems().size())
				.description("How many errors the policy file has now; 0 when it is the one in use")
				.register(meters);
		};
	}

	@Bean
	MeterBinder denyListMeters(DenyList list) {
		return (meters) -> {
			Gauge
				.builder("deny.list.targets", list,
						(known) -> StateMeters.of(known.lastKnown(), DenyListSnapshot::size))
				.description("How many targets are denied, with those whose end was in the last two days")
				.register(meters);
			Gauge
				.builder("deny.list.change", list,
						(known) -> StateMeters.of(known.lastKnown(), DenyListSnapshot::number))
				.description("The last change that this instance has; all instances have the same soon")
				.register(meters);
			TimeGauge
				.builder("deny.list.age", list, TimeUnit.SECONDS,
						(known) -> StateMeters.of(known.age(), Duration::toSeconds))
				.description("Since the last good read of the deny-list")
				.register(meters);
		};
	}

	@Bean
	MeterBinder shadowPolicyMeters(ShadowPolicy shadow) {
		return (meters) -> {
			for (Difference.Kind kind : Difference.Kind.values()) {
				FunctionCounter.builder("policy.shadow", shadow, (policy) -> policy.count(kind))
					.tag("difference", kind.name().toLowerCase(Locale.ROOT))
					.description("Requests by what the shadow policy would change")
					.register(meters);
			}
		};
	}

}
