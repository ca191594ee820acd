package dev.ablyauth.session;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import dev.ablyauth.ably.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Sessions of a proxy, wired as the server does, behind proxies in 10.0.0.0/8.
 */
final class ProxySessions implements AutoCloseable {

	private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

	private final ProxyAssertionSessions sessions;

	/** Each line is {@code name=value} below {@code proxy-assertion}. */
	ProxySessions(Clock clock, List<String> lines) {
		SessionProperties settings = TestSessions
			.settings(lines.stream().map((line) -> "proxy-assertion." + line).toArray(String[]::new));
		JwtIssuers issuers = new JwtIssuers(clock, this.threads, new SimpleMeterRegistry());
		ProxyAssertionProperties proxy = settings.proxyAssertion();
		if (proxy == null || !settings.problems("sessions").isEmpty()) {
			throw new IllegalArgumentException(settings.problems("sessions").toString());
		}
		this.sessions = new ProxyAssertions(issuers, new TrustedPeers(List.of("10.0.0.0/8")), clock, this.threads)
			.sessions(proxy, settings.prefixes());
	}

	Optional<AppUser> user(Credentials credentials) {
		return this.sessions.ofHeaders(credentials);
	}

	/** The id of the user, nothing, or the reason of the refusal. */
	String outcome(Credentials credentials) {
		try {
			return user(credentials).map(AppUser::id).orElse("");
		}
		catch (Refused refused) {
			return refused.reason().label();
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
