package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What Ably says of the key counts, and nobody waits for it.
 */
class DiscoveredKeyTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final String NARROWED = "X-Ably-Auth-Narrowed";

	@Test
	void issueWhenTheKeyMayDoLessThenNarrowed() throws Exception {
		try (AblyStandIn ably = standIn("{\"notify:*\":[\"subscribe\"],\"team:red:a\":[\"publish\"]}");
				TestServer server = start(ably.port(), "true")) {
			HttpResponse<String> answer = askUntil(server, (given) -> given.headers().firstValue(NARROWED).isPresent());
			assertThat(answer.headers().allValues(NARROWED)).containsExactly("true");
			assertThat(Answers.capability(Answers.assertJwt(answer)))
				.isEqualTo(Map.of("notify:ann", List.of("subscribe"), "team:red:a", List.of("publish")));
			assertThat(ably.refused()).isEmpty();
		}
	}

	@Test
	void issueWhenTheKeyMayDoNothingOfItThenRefused() throws Exception {
		try (AblyStandIn ably = standIn("{\"other\":[\"*\"]}"); TestServer server = start(ably.port(), "true")) {
			HttpResponse<String> answer = askUntil(server, (given) -> given.statusCode() != 200);
			assertThat(Answers.assertRefused(answer, 403, 40300)).contains("API key");
		}
	}

	@Test
	void startWhenAblyIsAwayThenServes() throws Exception {
		try (TestServer server = start(9, "true")) {
			assertGivenAll(server);
		}
	}

	@Test
	void startWhenAblyHangsThenNobodyWaits() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				TestServer server = start(silent.getLocalPort(), "true")) {
			assertGivenAll(server);
		}
	}

	@Test
	void startWhenNotWantedThenAblyIsNotAsked() throws IOException, InterruptedException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				TestServer server = start(silent.getLocalPort(), "false")) {
			assertGivenAll(server);
			silent.setSoTimeout(1000);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(silent::accept);
		}
	}

	private static AblyStandIn standIn(String keyCapability) {
		return AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, keyCapability);
	}

	private static TestServer start(int ablyPort, String discover) {
		return TestServer.start("ably-auth.ably.rest-url=http://127.0.0.1:" + ablyPort,
				"ably-auth.ably.discover-key-capability=" + discover);
	}

	private static HttpResponse<String> ask(TestServer server) {
		return Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann());
	}

	private static void assertGivenAll(TestServer server) {
		HttpResponse<String> answer = ask(server);
		assertThat(Answers.capability(Answers.assertJwt(answer))).containsOnlyKeys("notify:ann", "team:red:*");
		assertThat(answer.headers().firstValue(NARROWED)).isEmpty();
	}

	private static HttpResponse<String> askUntil(TestServer server, Predicate<HttpResponse<String>> wanted)
			throws InterruptedException {
		long end = System.nanoTime() + SOON.toNanos();
		HttpResponse<String> answer = ask(server);
		while (!wanted.test(answer) && System.nanoTime() < end) {
			Thread.sleep(50);
			answer = ask(server);
		}
		return answer;
	}

}
