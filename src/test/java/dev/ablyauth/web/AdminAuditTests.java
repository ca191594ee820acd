package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ablyauth.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One line for each call of the admin door, with nothing in it that the caller made up.
 */
class AdminAuditTests {

	private static final String CALLER = "token:" + AdminTokens.hash(AdminTokens.ALL).substring(7, 15);

	private final Logger logger = (Logger) LoggerFactory.getLogger("audit");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = TestServer.start(AdminTokens.settings("spring.profiles.active=" + AdminProbeController.PROFILE));
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.lines);
		this.server.close();
	}

	@Test
	void callWhenAcceptedThenOneLine() {
		send("GET", "/admin/probe/caller?secret=x", AdminTokens.ALL);
		assertLine("decision=accepted caller=" + CALLER + " method=GET path=/admin/probe/caller address=127.0.0.1");
	}

	@Test
	void callWhenAcceptedWithoutABodyThenOneLineWithThePatternOfThePath() {
		send("DELETE", "/admin/probe/things/1", AdminTokens.ALL);
		assertLine("decision=accepted caller=" + CALLER
				+ " method=DELETE path=/admin/probe/things/{id} address=127.0.0.1");
	}

	@Test
	void callWhenTheAnswerIsLongThenOneLine() {
		send("GET", "/admin/probe/long", AdminTokens.ALL);
		assertLine("decision=accepted caller=" + CALLER + " method=GET path=/admin/probe/long address=127.0.0.1");
	}

	@Test
	void callWhenOfAJwtThenTheSubject() {
		send("GET", "/admin/probe/caller", AdminTokens.jwt().subject("a b\nc").claim("scp", "ably-auth:admin").token());
		assertLine("decision=accepted caller=\"jwt:a b\\u000ac\""
				+ " method=GET path=/admin/probe/caller address=127.0.0.1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					GET    | /admin/canary-in-path    | none     | no-token           |          | GET    | /admin/**
					POST   | /admin/tokens            | wrong    | invalid-token      |          | POST   | /admin/tokens
					POST   | /admin/tokens            | jwt read | insufficient-scope | jwt:olga | POST   | /admin/tokens
					GET    | /admin/canary-in-path    | all      | not-found          | all      | GET    | /admin/**
					PUT    | /admin/explain           | all      | method-not-allowed | all      | PUT    | /admin/explain
					CANARY | /admin/explain           | all      | method-not-allowed | all      | other  | /admin/explain
					GET    | /admin/probe/bug         | all      | internal-error     | all      | GET    | /admin/probe/bug
					DELETE | /admin/probe/things/2    | all      | not-found          | all      | DELETE | /admin/probe/things/{id}
					POST   | /admin/probe/refused/DENIED_BY_RULE | all | denied-by-rule | all     | POST   | /admin/probe/refused/{reason}
					""")
	void callWhenRefusedThenOneLineWithTheReason(String method, String path, String credential, String reason,
			@Nullable String caller, String writtenMethod, String pattern) {
		send(method, path, AdminTokens.named(credential));
		String who = (caller == null) ? "" : " caller=" + (caller.equals("all") ? CALLER : caller);
		assertRefusal("decision=refused reason=" + reason + who + " method=" + writtenMethod + " path=" + pattern
				+ " address=127.0.0.1");
	}

	@Test
	void mintWhenRefusedThenWhoForAndWhichRule() {
		Http.send("POST", this.server.uri("/admin/tokens"),
				HttpRequest.BodyPublishers.ofString("{\"user\":{\"id\":\"eve\",\"claims\":{\"suspended\":true}}}"),
				"Authorization", "Bearer " + AdminTokens.ALL, "Content-Type", "application/json");
		assertLine(
				"decision=refused reason=denied-by-rule message=\"Your account is suspended.\" rule=suspended caller="
						+ CALLER + " method=POST path=/admin/tokens user=eve address=127.0.0.1");
	}

	@Test
	void callWhenAFilterFailsThenOneLine() {
		Http.get(this.server.uri("/admin/probe/caller"), "Authorization", "Bearer " + AdminTokens.ALL, TestServer.BREAK,
				"yes");
		assertRefusal("decision=refused reason=internal-error caller=" + CALLER
				+ " method=GET path=/admin/** address=127.0.0.1");
	}

	@Test
	void healthWhenBearerIsWrongThenOneLine() {
		send("GET", "/actuator/health", AdminTokens.WRONG);
		assertRefusal("decision=refused reason=invalid-token method=GET path=/actuator/health address=127.0.0.1");
	}

	/** A machine asks again and again. */
	@Test
	void healthWhenBearerIsGoodThenNoLine() {
		send("GET", "/actuator/health", AdminTokens.token("read"));
		send("GET", "/actuator/health", null);
		assertThat(this.lines.list).isEmpty();
	}

	private void assertLine(String line) {
		List<String> messages = this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		assertThat(messages).containsExactly(line);
	}

	/** What is said to the caller stands in the line too. */
	private void assertRefusal(String line) {
		String written = this.lines.list.stream()
			.map(ILoggingEvent::getFormattedMessage)
			.collect(Collectors.joining("\n"));
		assertThat(written).matches("[^\n]* message=\"[A-Z][^\n]+\\.\" [^\n]*");
		assertThat(written.replaceFirst(" message=\"[^\"\\\\]*(\\\\\"[^\"\\\\]*)*\"", "")).isEqualTo(line);
	}

	private void send(String method, String path, @Nullable String token) {
		String[] headers = (token == null) ? new String[0] : new String[] { "Authorization", "Bearer " + token };
		Http.send(method, this.server.uri(path), HttpRequest.BodyPublishers.noBody(), headers);
	}

}
