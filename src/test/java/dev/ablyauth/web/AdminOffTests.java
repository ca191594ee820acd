package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where the settings name no admin, there is no admin door.
 */
class AdminOffTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start("spring.profiles.active=" + AdminProbeController.PROFILE);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "DELETE", "PUT", "OPTIONS", "BREW" })
	void callThenNotThereWhateverItIs(String method) {
		for (String path : new String[] { "/admin", "/admin/explain", "/admin/probe/caller", "/admin/x" }) {
			for (String credential : new String[] { "all", "session", "jwt admin" }) {
				HttpResponse<String> answer = Http.send(method, server.uri(path), HttpRequest.BodyPublishers.noBody(),
						"Authorization", "Bearer " + AdminTokens.named(credential), "Origin", TestServer.ORIGIN);
				Answers.assertProblem(answer, 404, "not-found");
			}
		}
	}

	@Test
	void startWhenAHashIsNoneThenRefusedWithoutRepeatingIt() {
		assertThatThrownBy(() -> TestServer.start("ably-auth.admin.token-hashes[0]=" + AdminTokens.ALL))
			.hasMessageStartingWith("ably-auth.admin.token-hashes[0]: must be sha256:")
			.hasMessageNotContaining(AdminTokens.ALL);
	}

	@Test
	void startWhenASettingIsUnknownThenRefused() {
		assertThatThrownBy(() -> TestServer.start("ably-auth.admin.tokens[0].scope=read"))
			.hasMessageStartingWith("ably-auth.admin.tokens[0].scope: there is no such setting");
	}

	@Test
	void healthWhenBearerThenItIsOverlooked() {
		HttpResponse<String> answer = Http.get(server.uri("/actuator/health"), "Authorization",
				"Bearer " + AdminTokens.ALL);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
	}

}
