package dev.ablyauth.ops.meters;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.issuing.KeyState;
import dev.ablyauth.issuing.LiveKeys;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the keys: how often they were replaced, and which of them have living
 * tokens.
 */
final class KeyMeters implements MeterBinder {

	private final LiveKeys keys;

	private final Clock clock;

	KeyMeters(LiveKeys keys, Clock clock) {
		this.keys = keys;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		FunctionCounter.builder("key.reloads", this.keys, LiveKeys::reloads)
			.tag("result", "used")
			.description("How often changed key files were taken")
			.register(meters);
		FunctionCounter.builder("key.reloads", this.keys, LiveKeys::failures)
			.tag("result", "refused")
			.description("How often changed key files could not be used")
			.register(meters);
		Gauge.builder("key.problems", this.keys, (live) -> live.problems().size())
			.description("How many errors the key files have now; 0 when they have the keys in use")
			.register(meters);
		MultiGauge info = MultiGauge.builder("key.role")
			.description("1 for what an API key is used for, else 0")
			.register(meters);
		MultiGauge ends = MultiGauge.builder("ably.key.tokens.end")
			.baseUnit("seconds")
			.description("How long the last token lives at most that a key may have signed; 0 when none can")
			.register(meters);
		this.keys.follow(() -> {
			info.register(uses(), true);
			ends.register(rows(), true);
		});
	}

	private List<MultiGauge.Row<?>> uses() {
		List<MultiGauge.Row<?>> rows = new ArrayList<>();
		for (KeyState state : this.keys.states(this.clock.instant())) {
			for (KeyState.Use use : KeyState.Use.values()) {
				rows.add(MultiGauge.Row.of(
						Tags.of("key", state.name().value(), "role", use.name().toLowerCase(Locale.ROOT)), this.keys,
						(live) -> (of(live, state.name()) == use) ? 1 : 0));
			}
		}
		return rows;
	}

	/** It changes with time too. */
	private KeyState.@Nullable Use of(LiveKeys live, KeyName name) {
		return live.states(this.clock.instant())
			.stream()
			.filter((state) -> state.name().equals(name))
			.map(KeyState::use)
			.findFirst()
			.orElse(null);
	}

	private List<MultiGauge.Row<?>> rows() {
		return this.keys.states(this.clock.instant()).stream().<MultiGauge.Row<?>>map((state) -> {
			KeyName name = state.name();
			return MultiGauge.Row.of(Tags.of("key", name.value()), this.keys, (live) -> secondsLeft(live, name));
		}).toList();
	}

	private double secondsLeft(LiveKeys live, KeyName name) {
		return live.states(this.clock.instant())
			.stream()
			.filter((state) -> state.name().equals(name))
			.mapToDouble((state) -> state.tokensEnd().toSeconds())
			.findFirst()
			.orElse(0);
	}

}
