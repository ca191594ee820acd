package dev.ablyauth.ops;

import java.util.List;

import dev.ablyauth.remote.RemoteState;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the Redis that all instances share answers. Never down: each instance goes on
 * by itself.
 */
final class RemoteHealth implements HealthIndicator {

	private final List<RemoteState> states;

	RemoteHealth(List<RemoteState> states) {
		this.states = states;
	}

	@Override
	public Health health() {
		Degraded degraded = new Degraded();
		for (RemoteState state : this.states) {
			if (state.isFailing().getAsBoolean()) {
				degraded.add("the Redis of the " + state.name() + " did not answer the last time; " + state.meanwhile(),
						"look at the Redis of ably-auth.rate-limit.redis");
			}
		}
		return degraded.in(Health.up());
	}

}
