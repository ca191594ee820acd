package dev.ablyauth.ops;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.ablyauth.issuing.LiveKeys;
import dev.ablyauth.issuing.ShadowPolicy;
import dev.ablyauth.policy.Difference;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.DenyListSnapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires health and metrics.
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

	@Bean
	KeyMeters keyMeters(LiveKeys keys, Clock clock) {
		return new KeyMeters(keys, clock);
	}

	/** Part of the readiness, under the name denyList. */
	@Bean
	DenyListHealth denyListHealthIndicator(DenyList list) {
		return new DenyListHealth(list);
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
			Gauge.builder("deny.list.targets", list, (known) -> of(known.lastKnown(), DenyListSnapshot::size))
				.description("How many targets are denied, with those whose end was in the last two days")
				.register(meters);
			Gauge.builder("deny.list.change", list, (known) -> of(known.lastKnown(), DenyListSnapshot::number))
				.description("The last change that this instance has; all instances have the same soon")
				.register(meters);
			TimeGauge.builder("deny.list.age", list, TimeUnit.SECONDS, (known) -> of(known.age(), Duration::toSeconds))
				.description("Since the last good read of the deny-list")
				.register(meters);
		};
	}

	/** What was never read is no number. */
	private static <T> double of(@Nullable T known, ToDoubleFunction<T> number) {
		return (known != null) ? number.applyAsDouble(known) : Double.NaN;
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
