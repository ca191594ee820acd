package dev.ablyauth.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Refused;

/**
 * Session kinds that ask a service, as settings make them.
 */
final class TestServices {

	private TestServices() {
	}

	/** Nanoseconds by that clock. */
	static Ticker ticker(Clock clock) {
		return () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
	}

	/** Wires the providers of these settings. */
	static IntrospectionSessions introspection(Clock clock, String... lines) {
		SessionProperties settings = TestSessions.settings(lines);
		return new SessionServices(clock, ticker(clock)).introspection(settings.introspection(), settings.prefixes());
	}

	/** The settings of one provider, and some more. */
	static String[] provider(SessionServer server, String... more) {
		return provider(0, server, more);
	}

	static String[] provider(int index, SessionServer server, String... more) {
		String name = "introspection[" + index + "].";
		List<String> lines = new ArrayList<>(List.of(name + "uri=" + server.uri("/introspect"),
				name + "client-id=ably-auth", name + "client-secret=canary-client-secret"));
		Arrays.stream(more).map((line) -> name + line).forEach(lines::add);
		return lines.toArray(String[]::new);
	}

	/** Wires the app that answers at that server. */
	static ForwardSessions forward(Clock clock, SessionServer app, String... more) {
		List<String> lines = new ArrayList<>(List.of("forward.url=" + app.uri("/api/me?full=1")));
		Arrays.stream(more).map((line) -> "forward." + line).forEach(lines::add);
		SessionProperties settings = TestSessions.settings(lines.toArray(String[]::new));
		return new SessionServices(clock, ticker(clock)).forward(Objects.requireNonNull(settings.forward()),
				settings.prefixes());
	}

	/**
	 * What came of a question: the user's id, or nothing, or the reason of the refusal.
	 */
	static String outcome(SessionKind kind, Credentials credentials) {
		try {
			return kind.ofHeaders(credentials).or(() -> kind.ofCookies(credentials)).map(AppUser::id).orElse("");
		}
		catch (Refused refused) {
			return refused.reason().label();
		}
	}

	static String outcome(SessionKind kind, String token) {
		return outcome(kind, TestCredentials.bearer(token));
	}

	/** Asks at the same time, each in a thread of its own. */
	static List<String> together(int count, SessionKind kind, Credentials credentials)
			throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		try {
			CountDownLatch all = new CountDownLatch(count);
			List<Future<String>> outcomes = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				outcomes.add(threads.submit(() -> {
					all.countDown();
					all.await();
					return outcome(kind, credentials);
				}));
			}
			List<String> done = new ArrayList<>();
			for (Future<String> outcome : outcomes) {
				done.add(outcome.get());
			}
			return done;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
