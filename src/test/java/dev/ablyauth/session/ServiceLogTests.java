package dev.ablyauth.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is logged of a service that gives no usable answer.
 */
class ServiceLogTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final Logger logger = (Logger) LoggerFactory.getLogger(ServiceCalls.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final SessionServer server = SessionServer.start(SessionServer.json(500, "{\"secret\":\"canary-body\"}"));

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.appender);
		this.server.close();
	}

	@Test
	void lineThenHostAndStatusAndOneInTenSeconds() {
		IntrospectionSessions sessions = TestServices.introspection(this.clock, TestServices.provider(this.server));
		for (int i = 0; i < 5; i++) {
			assertThat(TestServices.outcome(sessions, "canary-token-" + i)).isEqualTo("session-source-down");
		}
		assertThat(lines())
			.containsExactly("The session service at " + this.server.uri("/introspect") + " answers 500");
		this.clock.advance(Duration.ofSeconds(10));
		this.server.behave(SessionServer.json(200, "canary-body"));
		assertThat(TestServices.outcome(sessions, "canary-token")).isEqualTo("session-source-down");
		assertThat(lines()).hasSize(2).last().asString().endsWith("gives an answer that is no answer of RFC 7662");
	}

	@Test
	void lineWhenTheAppIsWrongThenNothingOfTheCookieAndTheBody() {
		this.server.behave(SessionServer.json(200, "{\"id\":[\"canary-body\"]}"));
		ForwardSessions sessions = TestServices.forward(this.clock, this.server);
		assertThat(TestServices.outcome(sessions, TestCredentials.cookie("sid", "canary-cookie")))
			.isEqualTo("session-source-down");
		assertThat(lines()).containsExactly("The session service at " + this.server.uri("/api/me")
				+ " gives something else than expected at \"/id\"");
	}

	/** Else everybody would be told to sign in, and nobody would know why. */
	@ParameterizedTest
	@CsvSource({ "/login, false", "/login?next=/api/me, false", "'', false", "http://[, false",
			"https://app.example/api/me?full=1, false", "/api/me?full=1, false", "http://127.0.0.1:9/api/me, false",
			"/api/me/, true", "https://127.0.0.1/api/me?full=1, true", "https://127.0.0.1:8443/api/me/, true" })
	void lineWhenTheAppRedirectsThenOnlyWhereItLeadsToItself(String location, boolean itself) {
		this.server.behave(SessionServer.answer(302, "Location: " + location + "\r\n", ""));
		ForwardSessions sessions = TestServices.forward(this.clock, this.server);
		assertThat(TestServices.outcome(sessions, TestCredentials.cookie("sid", "s1")))
			.isEqualTo(itself ? "session-source-down" : "invalid-session");
		assertThat(lines()).hasSize(itself ? 1 : 0)
			.allSatisfy((line) -> assertThat(line).contains("redirects to another form of its own address"));
	}

	/** Of a certificate that nobody signed, and of a port where nobody speaks TLS. */
	@Test
	void lineWhenThereIsNoTlsThenSaid() throws IOException {
		try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Thread greeter = new Thread(() -> greet(plain));
			greeter.setDaemon(true);
			greeter.start();
			ForwardSessions sessions = TestServices.forward(this.clock, this.server,
					"url=https://127.0.0.1:" + plain.getLocalPort() + "/me");
			assertThat(TestServices.outcome(sessions, TestCredentials.cookie("sid", "s1")))
				.isEqualTo("session-source-down");
		}
		assertThat(lines()).singleElement()
			.asString()
			.endsWith("has no certificate that this JVM trusts, or speaks no TLS");
	}

	/** Greets each that comes, as the JDK's client sometimes comes twice. */
	private static void greet(ServerSocket plain) {
		while (!plain.isClosed()) {
			try (Socket client = plain.accept()) {
				client.getOutputStream().write("220 nothing of TLS\r\n".getBytes(StandardCharsets.US_ASCII));
				client.getInputStream().readAllBytes();
			}
			catch (IOException ex) {
				// The client has gone, or the test is over.
			}
		}
	}

	private List<String> lines() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
