package dev.ablyauth.ops;

import java.time.Clock;
import java.time.Instant;
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
 * now. A server that signs with its last good keys does its work; one whose keys allow
 * nothing does not.
 */
final class KeysHealth implements HealthIndicator {

	private final LiveKeys keys;

	private final Clock clock;

	KeysHealth(LiveKeys keys, Clock clock) {
		this.keys = keys;
		this.clock = clock;
	}

	@Override
	public Health health() {
		Instant now = this.clock.instant();
		List<KeyState> states = this.keys.states(now);
		boolean allow = this.keys.allowAnything(now);
		Health.Builder health = (allow ? Health.up() : Health.down()).withDetail("keys",
				states.stream().map(KeysHealth::detail).toList());
		Degraded degraded = new Degraded();
		if (!allow) {
			degraded.add("the keys that sign allow nothing, or nothing in common, so no tokens are issued",
					"compare ably-auth.keys[].capability with what the keys may do at Ably");
		}
		this.keys.problems()
			.forEach((problem) -> degraded.add(problem + "; the keys in use stay", "mend the file of the key"));
		states.stream()
			.filter(KeyState::drained)
			.forEach((key) -> degraded.add("the drain of " + key.name() + " is over, and it is still in the settings",
					"when it is safeToRetire at all instances, delete it at Ably and take it out of ably-auth.keys"));
		return degraded.in(health);
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
