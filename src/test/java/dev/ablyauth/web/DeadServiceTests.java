package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.SessionServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session service that is away costs its own users a 503, and nobody else anything.
 */
class DeadServiceTests {

	private static final int OWN_USERS = 120;

	private static final int REQUESTS_OF_EACH = 5;

	private static final Duration LONGEST = Duration.ofMillis(2500);

	/** A tenth of what its own users wait for; this machine does all at once. */
	private static final Duration OTHERS_P99 = Duration.ofMillis(250);

	@ParameterizedTest
	@CsvSource({ "introspection, silent", "introspection, refused", "forward, silent", "forward, refused",
			"spring-session, silent", "spring-session, refused" })
	void tokenWhenTheServiceIsAwayThenItsUsersGetA503AndOthersTheirTokens(String kind, String how) throws Exception {
		try (SessionServer silent = SessionServer.start(SessionServer.silent());
				TestServer server = start(kind, how.equals("silent") ? silent.port() : freePort())) {
			serveOthers(server, new AtomicBoolean(), 300);
			ExecutorService threads = Executors.newFixedThreadPool(OWN_USERS + 1);
			try {
				AtomicBoolean over = new AtomicBoolean();
				Future<List<Long>> others = threads.submit(() -> serveOthers(server, over, Integer.MAX_VALUE));
				List<Long> own = askAsOwnUsers(server, kind, threads);
				over.set(true);
				assertThat(percentile(own, 100)).isLessThan(LONGEST);
				assertThat(others.get()).hasSizeGreaterThan(20);
				System.out.printf("%s, %s: own users at most %d ms, %d tokens for others, p99 %d ms%n", kind, how,
						percentile(own, 100).toMillis(), others.get().size(), percentile(others.get(), 99).toMillis());
				assertThat(percentile(others.get(), 99)).isLessThan(OTHERS_P99);
			}
			finally {
				threads.shutdownNow();
			}
		}
	}

	private static TestServer start(String kind, int port) {
		String url = "http://127.0.0.1:" + port + "/";
		if (kind.equals("forward")) {
			return TestServer.start("ably-auth.sessions.forward.url=" + url,
					"ably-auth.sessions.forward.cookie-names=sid", "ably-auth.sessions.forward.user-id-prefix=app-");
		}
		if (kind.equals("spring-session")) {
			return TestServer.start("ably-auth.sessions.spring-session.store=redis",
					"ably-auth.sessions.spring-session.url=redis://127.0.0.1:" + port,
					"ably-auth.sessions.spring-session.cookie-base64=false",
					"ably-auth.sessions.spring-session.user-id-prefix=spring-");
		}
		String name = "ably-auth.sessions.introspection[0].";
		return TestServer.start(name + "uri=" + url, name + "client-id=a", name + "client-secret=b",
				name + "user-id-prefix=op-");
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
	}

	private static List<Long> askAsOwnUsers(TestServer server, String kind, ExecutorService threads)
			throws InterruptedException, ExecutionException {
		List<Future<List<Long>>> users = new ArrayList<>();
		for (int i = 0; i < OWN_USERS; i++) {
			String user = "user-" + i;
			users.add(threads.submit(() -> askAsOwnUser(server, kind, user)));
		}
		List<Long> times = new ArrayList<>();
		for (Future<List<Long>> user : users) {
			times.addAll(user.get());
		}
		return times;
	}

	private static List<Long> askAsOwnUser(TestServer server, String kind, String user) throws InterruptedException {
		List<Long> times = new ArrayList<>();
		for (int i = 0; i < REQUESTS_OF_EACH; i++) {
			long before = System.nanoTime();
			HttpResponse<String> answer = switch (kind) {
				case "forward" -> Http.get(server.uri("/api/ably-jwt"), "Cookie", "sid=" + user);
				case "spring-session" -> Http.get(server.uri("/api/ably-jwt"), "Cookie", "SESSION=" + user);
				default -> Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + user);
			};
			times.add(System.nanoTime() - before);
			Answers.assertRefused(answer, 503, 50003);
			Thread.sleep(200);
		}
		return times;
	}

	/** Users of the app's JWTs, whose sessions need nobody else. */
	private static List<Long> serveOthers(TestServer server, AtomicBoolean over, int most) throws InterruptedException {
		List<Long> times = new ArrayList<>();
		while (!over.get() && times.size() < most) {
			long before = System.nanoTime();
			Answers.assertJwt(Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann()));
			times.add(System.nanoTime() - before);
			Thread.sleep(2);
		}
		return times;
	}

	private static Duration percentile(List<Long> times, int percent) {
		List<Long> sorted = new ArrayList<>(times);
		Collections.sort(sorted);
		return Duration.ofNanos(sorted.get(Math.max(0, sorted.size() * percent / 100 - 1)));
	}

}
