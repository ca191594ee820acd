package dev.ablyauth.web;

import java.net.http.HttpResponse;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The health: its status for everybody, its details for admins.
 */
class AdminHealthTests {

	private static final String HEALTH = "/actuator/health";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(AdminTokens.settings());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void healthWhenNobodyAsksThenExactlyTheStatus() {
		assertStatusOnly(Http.get(server.uri(HEALTH)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "all", "read", "jwt admin", "jwt read" })
	void healthWhenAnAdminReadsThenDetails(String credential) {
		HttpResponse<String> answer = get(HEALTH, credential);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"status\":\"UP\"", "\"components\"", "\"diskSpace\"");
		Answers.assertCommonHeaders(answer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "metrics", "mint", "revoke", "jwt no scope" })
	void healthWhenAnAdminMayNotReadThenStatusOnly(String credential) {
		assertStatusOnly(get(HEALTH, credential));
	}

	@ParameterizedTest
	@ValueSource(strings = { "wrong", "session", "jwt expired", "jwt other audience" })
	void healthWhenTheBearerIsWrongThenRefused(String credential) {
		assertProblem(get(HEALTH, credential), 401, "invalid-token");
		assertProblem(get(HEALTH + "/liveness", credential), 401, "invalid-token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cookie", "Basic x", "Bearer", "" })
	void healthWhenTheHeaderHoldsNoBearerThenStatusOnly(String header) {
		assertStatusOnly(Http.get(server.uri(HEALTH), "Authorization", header));
	}

	@Test
	void healthWhenTwoAuthorizationValuesThenRefused() {
		assertProblem(Http.get(server.uri(HEALTH), "Authorization", "Bearer " + AdminTokens.ALL, "Authorization", "x"),
				400, "invalid-request");
	}

	@Test
	void healthWhenTheTokenIsElsewhereThenStatusOnly() {
		assertStatusOnly(Http.get(server.uri(HEALTH + "?access_token=" + AdminTokens.token("read")), "Cookie",
				"session=" + AdminTokens.adminJwt().token()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz" })
	void probesWhenBearerThenStatusOnly(String path) {
		assertStatusOnly(get(path, "all"));
		assertStatusOnly(get(path, "wrong"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator", "/actuator/env", "/actuator/heapdump", "/actuator/health/x",
			"/actuator/health/x/y", "/actuator/health/liveness/x" })
	void otherEndpointsWhenAdminThenNotThere(String path) {
		assertThat(get(path, "all").statusCode()).isEqualTo(404);
	}

	private static void assertStatusOnly(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
	}

	private static HttpResponse<String> get(String path, String credential) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + AdminTokens.named(credential));
	}

}
