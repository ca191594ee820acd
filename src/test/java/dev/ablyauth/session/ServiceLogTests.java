package dev.ablyauth.session;

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
		assertThat(lines()).containsExactly("The session service at 127.0.0.1 answers 500");
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
		assertThat(lines())
			.containsExactly("The session service at 127.0.0.1 gives something else than expected at \"/id\"");
	}

	/** Else everybody would be told to sign in, and nobody would know why. */
	@ParameterizedTest
	@CsvSource({ "/login, 0", "/login?next=/api/me, 0", "'', 0", "http://[, 0", "/api/me/, 1",
			"https://app.example/api/me?full=1, 1" })
	void lineWhenTheAppRedirectsThenOnlyWhereItLeadsToItself(String location, int lines) {
		this.server.behave(SessionServer.answer(302, "Location: " + location + "\r\n", ""));
		ForwardSessions sessions = TestServices.forward(this.clock, this.server);
		assertThat(TestServices.outcome(sessions, TestCredentials.cookie("sid", "s1"))).isEqualTo("invalid-session");
		assertThat(lines()).hasSize(lines)
			.allSatisfy(
					(line) -> assertThat(line).isEqualTo("The session service at 127.0.0.1 redirects to another form"
							+ " of its own address; set the url to that one"));
	}

	private List<String> lines() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
