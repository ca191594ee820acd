package dev.ablyauth.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.session.SessionState;
import dev.ablyauth.session.SessionStates;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether those who know sessions can tell who somebody is. Down when nobody can, and so
 * nobody would get a token; one of several holds up its own users alone.
 */
final class SessionsHealth implements HealthIndicator {

	private final SessionStates states;

	SessionsHealth(SessionStates states) {
		this.states = states;
	}

	@Override
	public Health health() {
		List<SessionState> all = this.states.now();
		boolean canAnybody = all.isEmpty() || all.stream().anyMatch(SessionState::canTell);
		Health.Builder health = (canAnybody ? Health.up() : Health.down()).withDetail("sources",
				all.stream().map(SessionsHealth::detail).toList());
		Degraded degraded = new Degraded();
		for (SessionState state : all) {
			if (!state.canTell() || !state.fault().isEmpty()) {
				degraded.add(reason(state), state.kind().equals("jwt") || state.kind().equals("proxy-assertion")
						? "look whether this machine can fetch the JWKS of the issuer"
						: "look at that service or store, and whether this machine reaches it; `doctor` asks it");
			}
		}
		return degraded.in(health);
	}

	private static String reason(SessionState state) {
		String fault = state.fault().isEmpty() ? "does not answer and is left alone" : state.fault();
		return state.kind() + " at " + state.source() + " " + fault
				+ (state.canTell() ? "" : ", so its users get 503 until it is well");
	}

	private static Map<String, Object> detail(SessionState state) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("kind", state.kind());
		detail.put("source", state.source());
		detail.put("canTell", state.canTell());
		return detail;
	}

}
