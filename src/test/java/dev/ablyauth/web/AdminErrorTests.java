package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.session.JwksServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever goes wrong at the admin door, and wherever it does, is a problem document.
 */
class AdminErrorTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(AdminTokens.settings("spring.profiles.active=" + AdminProbeController.PROFILE));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "DENIED_BY_RULE, 403, Forbidden", "INVALID_PARAMETER, 400, Bad Request",
			"BODY_TOO_LARGE, 413, Content Too Large", "UNAVAILABLE, 503, Service Unavailable",
			"SESSION_SOURCE_DOWN, 503, Service Unavailable", "INTERNAL_ERROR, 500, Internal Server Error" })
	void callWhenARoomRefusesThenItsReasonAndItsMessage(String reason, int status, String title) {
		HttpResponse<String> answer = post("/admin/probe/refused/" + reason, "{}");
		String label = reason.toLowerCase(Locale.ROOT).replace('_', '-');
		assertThat(assertProblem(answer, status, label)).isEqualTo("Because of \"" + label + "\".");
		assertThat(answer.body()).contains("\"title\":\"" + title + "\"");
	}

	/** The session is in the body; the credential of the caller is good. */
	@ParameterizedTest
	@CsvSource({ "INVALID_SESSION", "NO_SESSION", "SESSION_ENDS_TOO_SOON" })
	void callWhenTheSessionInTheBodyIsRefusedThenThatIsNoChallenge(String reason) {
		assertProblem(post("/admin/probe/refused/" + reason, "{}"), 400,
				reason.toLowerCase(Locale.ROOT).replace('_', '-'));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin/probe/bug", "/admin/probe/error" })
	void callWhenTheControllerFailsThenOurFaultAndNothingOfIt(String path) {
		assertThat(assertProblem(get(path), 500, "internal-error")).isEqualTo("The server failed.");
	}

	@Test
	void callWhenAFilterFailsThenOurFaultAndNothingOfIt() {
		HttpResponse<String> answer = Http.get(server.uri("/admin/probe/caller"), "Authorization",
				"Bearer " + AdminTokens.ALL, TestServer.BREAK, "yes");
		assertThat(assertProblem(answer, 500, "internal-error")).isEqualTo("The server failed.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin", "/admin/", "/admin/other", "/admin/probe/caller/", "/admin/probe/Caller",
			"/admin/explain/x", "/admin/probe/caller.json", "/%61dmin/other" })
	void callWhenNothingIsThereThenNotFound(String path) {
		assertThat(assertProblem(get(path), 404, "not-found")).isEqualTo("There is nothing at this path.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin/%2e%2e/api/ably-jwt", "/admin//probe/caller", "/admin/probe;x=1/caller",
			"/admin;x/probe/caller", "/admin/probe/caller%00", "/admin/probe%2fcaller", "/admin/./probe/caller",
			"/admin/probe/caller%0a" })
	void callWhenThePathIsATrickThenRefused(String path) {
		assertProblem(get(path), 400, "invalid-request");
	}

	/** Without the credential, nothing of what is there shows. */
	@ParameterizedTest
	@ValueSource(strings = { "/admin", "/admin/", "/admin/other", "/admin/probe/caller", "/admin/probe/caller/",
			"/%61dmin/probe/caller" })
	void callWhenNoTokenThenTheSameForEveryPath(String path) {
		assertProblem(Http.get(server.uri(path)), 401, "no-token");
	}

	/** Another door's business. */
	@ParameterizedTest
	@ValueSource(strings = { "/adminx", "/administration/probe", "/Admin/probe/caller", "//admin/probe/caller",
			"/api/admin/probe/caller" })
	void callWhenThePathIsNotOfTheAdminDoorThenInAblysShape(String path) {
		HttpResponse<String> answer = get(path);
		assertThat(answer.statusCode()).isIn(400, 401, 404);
		Answers.assertRefused(answer, answer.statusCode(), Integer.parseInt(answer.statusCode() + "00"));
	}

	@Test
	void callWhenTheControllerTakesAnotherMethodThenNotAllowedAndSaysWhich() {
		HttpResponse<String> answer = get("/admin/probe/body");
		assertThat(assertProblem(answer, 405, "method-not-allowed")).isEqualTo("Only POST is answered here.");
		assertThat(answer.headers().firstValue("Allow")).contains("POST");
	}

	@Test
	void callWhenAPathVariableIsUnreadableThenBadRequest() {
		assertProblem(Http.send("DELETE", server.uri("/admin/probe/things/one"), HttpRequest.BodyPublishers.noBody(),
				"Authorization", "Bearer " + AdminTokens.ALL), 400, "invalid-request");
	}

	@Test
	void callWhenSpringCannotReadTheBodyThenRefused() {
		assertProblem(post("/admin/probe/spring-body", "{"), 400, "invalid-request");
		assertProblem(Http.post(server.uri("/admin/probe/spring-body"), "x", "Content-Type", "text/plain",
				"Authorization", "Bearer " + AdminTokens.ALL), 415, "invalid-request");
	}

	@Test
	void callWhenTheAnswerIsNotAcceptableThenRefused() {
		assertProblem(Http.get(server.uri("/admin/probe/caller"), "Accept", "image/png", "Authorization",
				"Bearer " + AdminTokens.ALL), 406, "invalid-request");
	}

	@Test
	void callWhenParametersAreTooManyThenRefused() {
		HttpResponse<String> answer = Http.post(server.uri("/admin/probe/refused/NOT_FOUND"), "a=1&".repeat(200),
				"Content-Type", "application/x-www-form-urlencoded", "Authorization", "Bearer " + AdminTokens.ALL);
		assertProblem(answer, 404, "not-found");
	}

	@Test
	void callWhenHeadersAreTooLargeThenRefused() {
		HttpResponse<String> answer = Http.get(server.uri("/admin/explain"), "X-Large", "x".repeat(17 * 1024));
		assertProblem(answer, answer.statusCode(),
				(answer.statusCode() == 431) ? "headers-too-large" : "invalid-request");
	}

	@Test
	void callWhenTheKeysOfTheIssuerCannotBeHadThenUnavailable() {
		try (JwksServer keys = JwksServer.start()) {
			keys.status(500);
			try (TestServer other = TestServer.start("ably-auth.admin.jwt.issuer=" + keys.issuer(),
					"ably-auth.admin.jwt.audiences=ably-auth-server")) {
				String token = AppTokens.rs256(keys.issuer(), AppTokens.rsaKey("key-1"))
					.subject("olga")
					.audience("ably-auth-server")
					.claim("scope", "ably-auth:admin")
					.token();
				assertProblem(Http.get(other.uri("/admin/x"), "Authorization", "Bearer " + token), 503,
						"session-source-down");
				assertProblem(Http.get(other.uri("/admin/x"), "Authorization", "Bearer x"), 401, "invalid-token");
			}
		}
	}

	private static HttpResponse<String> get(String path) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + AdminTokens.ALL);
	}

	private static HttpResponse<String> post(String path, String body) {
		return Http.post(server.uri(path), body, "Content-Type", "application/json", "Authorization",
				"Bearer " + AdminTokens.ALL);
	}

}
