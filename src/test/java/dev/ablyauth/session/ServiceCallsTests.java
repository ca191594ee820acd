package dev.ablyauth.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call ends, whatever the service does.
 */
class ServiceCallsTests {

	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: ";

	private final SessionServer server = SessionServer.start(SessionServer.json(200, "{}"));

	private final ServiceCalls calls = calls(this.server.uri("/me"));

	@AfterEach
	void close() {
		this.server.close();
	}

	private static ServiceCalls calls(URI uri) {
		return new ServiceCalls(ServiceCalls.client(), uri, Ticker.systemTicker());
	}

	@Test
	void askWhenAnsweredThenReadAndTheConnectionIsKept() {
		assertThat(ask()).isEqualTo("{}");
		assertThat(ask()).isEqualTo("{}");
		assertThat(this.server.connections()).isEqualTo(1);
		assertThat(this.server.requests()).allSatisfy((request) -> assertThat(request).startsWith("GET /me HTTP/1.1")
			.contains("\r\nAccept: application/json\r\n", "\r\nUser-Agent: ably-auth-server\r\n"));
	}

	/** What the server does, and whether it goes on writing and so sees the client go. */
	static Stream<Arguments> noAnswers() {
		return Stream.of(Arguments.of("nothing", false, SessionServer.silent()),
				Arguments.of("half a head", true,
						SessionServer.dripping("HTTP/1.1 200 OK\r\nX-Long: ", "a".repeat(1000))),
				Arguments.of("a body that drips", true,
						SessionServer.dripping(OK + "1000\r\n\r\n{", " ".repeat(998) + "}")),
				Arguments.of("chunks that drip", true,
						SessionServer.dripping("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
								"1\r\n \r\n".repeat(200))),
				Arguments.of("a body that never comes", false,
						SessionServer.later(Duration.ZERO, (service, request, out) -> {
							out.write((OK + "10\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
							SessionServer.silent().answer(service, request, out);
						})),
				Arguments.of("too late", false,
						SessionServer.later(Duration.ofSeconds(4), SessionServer.json(200, "{}"))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("noAnswers")
	void askWhenSlowThenDownAfterTwoSecondsAndTheConnectionIsClosed(String what, boolean sees,
			SessionServer.Behaviour behaviour) {
		this.server.behave(behaviour);
		long before = System.nanoTime();
		assertDown();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofMillis(1900),
				Duration.ofMillis(2400));
		if (sees) {
			Awaitility.await().untilAsserted(() -> assertThat(this.server.clients()).isZero());
		}
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@MethodSource
	void askWhenNoUsableAnswerThenDownAtOnce(SessionServer.Behaviour behaviour) {
		this.server.behave(behaviour);
		long before = System.nanoTime();
		assertDown();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1900));
		assertThat(this.server.requests().size()).isLessThanOrEqualTo(2);
	}

	static List<SessionServer.Behaviour> askWhenNoUsableAnswerThenDownAtOnce() {
		return List.of(SessionServer.crash(""), SessionServer.crash("HTTP/1.1 200 OK\r\nContent-"),
				SessionServer.crash(OK + "10\r\n\r\n{"), SessionServer.raw("what?\r\n\r\n"),
				SessionServer.answer(200, "", "\"" + "a".repeat(ServiceCalls.MAX_BYTES) + "\""),
				SessionServer.raw(OK + "999999999999\r\n\r\n" + " ".repeat(ServiceCalls.MAX_BYTES + 1)),
				SessionServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
						+ ("1000\r\n" + " ".repeat(4096) + "\r\n").repeat(17) + "0\r\n\r\n"));
	}

	@Test
	void askWhenAnswerHasTheLongestLengthThenRead() {
		String longest = "\"" + "a".repeat(ServiceCalls.MAX_BYTES - 2) + "\"";
		this.server.behave(SessionServer.answer(200, "", longest));
		assertThat(ask()).isEqualTo(longest);
	}

	/** A kept connection may be closed just when it is used again. */
	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void askWhenTheConnectionEndsBeforeTheAnswerThenAskedOnceMore(String method) {
		assertThat(ask()).isEqualTo("{}");
		this.server.behave((service, request, out) -> {
			service.behave(SessionServer.json(200, "{}"));
			SessionServer.crash("").answer(service, request, out);
		});
		HttpRequest request = this.calls.request().method(method, HttpRequest.BodyPublishers.ofString("x")).build();
		assertThat(this.calls.ask(request, HttpResponse::statusCode).join()).isEqualTo(200);
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void askWhenRedirectedThenNotFollowed() {
		try (SessionServer other = SessionServer.start(SessionServer.json(200, "{}"))) {
			for (int status : List.of(301, 302, 303, 307, 308)) {
				this.server.behave(SessionServer.answer(status, "Location: " + other.uri("/") + "\r\n", ""));
				assertThat(this.calls.ask(this.calls.request().build(), HttpResponse::statusCode).join())
					.isEqualTo(status);
			}
			assertThat(other.connections()).isZero();
		}
	}

	@Test
	void askWhenNobodyListensThenDownAtOnceAndAfterTwentyTimesNotTried() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		ServiceCalls away = calls(URI.create("http://127.0.0.1:" + port + "/me"));
		for (int i = 0; i < 20; i++) {
			assertDown(away);
		}
		try (ServerSocket back = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
			back.setSoTimeout(300);
			assertDown(away);
			Assertions.assertThatIOException().isThrownBy(back::accept);
		}
	}

	@Test
	void askWhenReadingFailsThenDown() {
		Reason reason = Assertions.catchThrowableOfType(Refused.class,
				() -> AnswerCache.await(this.calls.ask(this.calls.request().build(), (response) -> {
					throw new IllegalStateException("a bug");
				})))
			.reason();
		assertThat(reason).isEqualTo(Reason.SESSION_SOURCE_DOWN);
	}

	private String ask() {
		return ask(this.calls);
	}

	private static String ask(ServiceCalls calls) {
		return AnswerCache.await(
				calls.ask(calls.request().build(), (response) -> new String(response.body(), StandardCharsets.UTF_8)));
	}

	private void assertDown() {
		assertDown(this.calls);
	}

	private static void assertDown(ServiceCalls calls) {
		assertThat(Assertions.catchThrowableOfType(Refused.class, () -> ask(calls)).reason())
			.isEqualTo(Reason.SESSION_SOURCE_DOWN);
	}

}
