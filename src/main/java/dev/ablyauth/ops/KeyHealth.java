package dev.ablyauth.ops;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.ablyauth.issuing.KeyState;
import dev.ablyauth.issuing.LiveKeys;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Which keys are in use, which can go, and what is wrong with their files as they are
 * now. Never down: a server that signs with its last good keys does its work.
 */
final class KeyHealth implements HealthIndicator {

	private final LiveKeys keys;

	private final Clock clock;

	KeyHealth(LiveKeys keys, Clock clock) {
		this.keys = keys;
		this.clock = clock;
	}

	@Override
	public Health health() {
		List<String> problems = this.keys.problems();
		Health.Builder health = Health.up()
			.withDetail("keys", this.keys.states(this.clock.instant()).stream().map(KeyHealth::detail).toList());
		if (!problems.isEmpty()) {
			health.withDetail("degraded", "the key files cannot be used as they are; mend them, the keys in use stay")
				.withDetail("problems", problems);
		}
		return health.build();
	}

	private static Map<String, Object> detail(KeyState state) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("name", state.name().value());
		detail.put("use", state.use().name().toLowerCase(Locale.ROOT));
		detail.put("secondsUntilTokensEnd", state.tokensEnd().toSeconds());
		detail.put("safeToRetire", state.isSafeToRetire());
		return detail;
	}

}
