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
 * The meters: for admins with the scope {@code metrics} and nobody else.
 */
class AdminMetersTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(AdminTokens.settings());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "all", "metrics", "jwt admin" })
	void prometheusWhenAnAdminScrapesThenTheMetersOfThePolicy(String credential) {
		HttpResponse<String> answer = get("/actuator/prometheus", credential);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("policy_reloads_total{result=\"refused\"} 0.0", "revocations_waiting ",
				"policy_reloads_total{result=\"used\"} 0.0", "policy_problems 0.0",
				"policy_shadow_total{difference=\"more\"} 0.0");
		Answers.assertCommonHeaders(answer);
	}

	@Test
	void metricsWhenAnAdminReadsOneThenItsValue() {
		assertThat(get("/actuator/metrics/policy.problems", "metrics").body()).contains("\"value\":0.0");
		assertThat(get("/actuator/metrics", "metrics").body()).contains("\"policy.reloads\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/prometheus", "/actuator/metrics", "/actuator/metrics/policy.problems" })
	void metersWhenNoAdminOrNotThisScopeThenRefused(String path) {
		assertProblem(get(path, "none"), 401, "no-token");
		assertProblem(get(path, "wrong"), 401, "invalid-token");
		assertProblem(get(path, "session"), 401, "invalid-token");
		for (String credential : new String[] { "read", "mint", "revoke", "jwt read" }) {
			assertProblem(get(path, credential), 403, "insufficient-scope");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/actuator", "/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/loggers" })
	void otherEndpointsThenNotThere(String path) {
		assertThat(get(path, "all").statusCode()).isEqualTo(404);
	}

	private static HttpResponse<String> get(String path, String credential) {
		String token = AdminTokens.named(credential);
		return (token == null) ? Http.get(server.uri(path))
				: Http.get(server.uri(path), "Authorization", "Bearer " + token);
	}

}
