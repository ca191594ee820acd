package dev.ablyauth.ops.meters;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.issuing.KeyState;
import dev.ablyauth.issuing.LiveKeys;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

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
		MultiGauge safe = MultiGauge.builder("ably.key.safe.to.retire")
			.description(
					"1 for a key that signs for nobody and of which no token can live, as far as this instance knows")
			.register(meters);
		this.keys.follow(() -> {
			info.register(uses(), true);
			ends.register(rows((state) -> state.tokensEnd().toSeconds(), 0), true);
			safe.register(rows((state) -> state.isSafeToRetire() ? 1 : 0, 1), true);
		});
	}

	private List<MultiGauge.Row<?>> uses() {
		List<MultiGauge.Row<?>> rows = new ArrayList<>();
		for (KeyState state : this.keys.states(this.clock.instant())) {
			for (KeyState.Use use : KeyState.Use.values()) {
				rows.add(MultiGauge.Row.of(
						Tags.of("key", state.name().value(), "role", use.name().toLowerCase(Locale.ROOT)), this.keys,
						(live) -> state(live, state.name()).filter((now) -> now.use() == use).isPresent() ? 1 : 0));
			}
		}
		return rows;
	}

	/**
	 * One for each key.
	 * @param gone the figure of a former key that time has taken away, with its last
	 * token
	 */
	private List<MultiGauge.Row<?>> rows(ToDoubleFunction<KeyState> figure, double gone) {
		return this.keys.states(this.clock.instant()).stream().<MultiGauge.Row<?>>map((key) -> {
			KeyName name = key.name();
			return MultiGauge.Row.of(Tags.of("key", name.value()), this.keys,
					(live) -> state(live, name).stream().mapToDouble(figure).findFirst().orElse(gone));
		}).toList();
	}

	private Optional<KeyState> state(LiveKeys live, KeyName name) {
		return live.states(this.clock.instant()).stream().filter((state) -> state.name().equals(name)).findFirst();
	}

}
