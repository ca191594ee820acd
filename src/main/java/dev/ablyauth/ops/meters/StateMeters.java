package dev.ablyauth.ops.meters;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.rest.ClockWatch;
import dev.ablyauth.session.SessionSource;
import dev.ablyauth.session.Sessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import org.jspecify.annotations.Nullable;

/**
 * Shows how the server and what it depends on are at the moment. What was never measured
 * is no number.
 */
final class StateMeters {

	private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

	private StateMeters() {
	}

	/** One policy at a time: the version before is gone when there is another. */
	static void policy(MeterRegistry meters, String use, LivePolicy policy) {
		MultiGauge info = MultiGauge.builder("policy.info")
			.description("1 for the policy that is in use, with its version")
			.tag("use", use)
			.register(meters);
		policy
			.follow((current) -> info.register(List.of(MultiGauge.Row.of(Tags.of("policy", current.hash()), 1)), true));
	}

	static void clock(MeterRegistry meters, ClockWatch clock) {
		TimeGauge.builder("clock.offset", clock, TimeUnit.SECONDS, (watch) -> seconds(watch.measured()))
			.description("How far Ably's clock is ahead of the one of this machine")
			.register(meters);
		FunctionCounter.builder("clock.jumps", clock, ClockWatch::jumps)
			.description("How often somebody has set the clock of this machine")
			.register(meters);
		TimeGauge.builder("clock.age", clock, TimeUnit.SECONDS, (watch) -> seconds(watch.age()))
			.description("Since the offset of the clock was measured")
			.register(meters);
	}

	static void audit(MeterRegistry meters, AuditLog audit) {
		FunctionCounter.builder("audit.lost", audit, AuditLog::lost)
			.description("Audit lines that were not written where they must be")
			.register(meters);
	}

	static void sessions(MeterRegistry meters, Sessions sessions) {
		for (SessionSource source : sessions.sources()) {
			Gauge.builder("session.source.up", source, (asked) -> asked.answers().getAsBoolean() ? 1 : 0)
				.tag("session", source.kind())
				.tag("source", source.name())
				.description("0 while a service or store of sessions does not answer and is left alone")
				.strongReference(true)
				.register(meters);
		}
	}

	private static double seconds(@Nullable Duration known) {
		return of(known, Duration::toNanos) / NANOS;
	}

	static <T> double of(@Nullable T known, ToDoubleFunction<T> number) {
		return (known != null) ? number.applyAsDouble(known) : Double.NaN;
	}

}
