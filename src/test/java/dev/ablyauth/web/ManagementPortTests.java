package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

import static dev.ablyauth.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two ports: tokens at one, and the admin door, the meters and the health at the other.
 */
class ManagementPortTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(AdminTokens.settings("management.server.port=0",
				"spring.profiles.active=" + AdminProbeController.PROFILE, "ably-auth.sessions.guests.enabled=true",
				"ably-auth.sessions.guests.secret=canary-guest-secret-of-more-than-32-bytes"));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/admin", "/admin/explain", "/admin/can", "/admin/policy/check", "/admin/tokens",
			"/admin/denials", "/admin/denials/x", "/admin/revocations", "/admin/revocations/x", "/admin/probe/caller",
			"/admin/nowhere", "/actuator", "/actuator/", "/actuator/health", "/actuator/health/readiness",
			"/actuator/prometheus", "/actuator/metrics", "/actuator/metrics/policy.problems", "/actuator/env",
			"//admin/can", "/%61dmin/can", "/admin/../admin/can", "/admin;x=1/can", "/./admin/can",
			"/actuator%2Fhealth" })
	void mainPortWhenManagementPathThenNotThere(String path) {
		for (String method : List.of("GET", "POST", "DELETE", "OPTIONS", "HEAD", "BREW")) {
			for (String credential : List.of("all", "metrics", "jwt admin", "session", "wrong")) {
				HttpResponse<String> answer = Http.send(method, server.uri(path), HttpRequest.BodyPublishers.noBody(),
						"Authorization", "Bearer " + AdminTokens.named(credential));
				assertThat(answer.statusCode()).as(method + " " + path).isIn(404, 400);
				assertThat(answer.body()).doesNotContain("olga", "UP", "jvm_", "denials");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt", "/api/ably-token-request", "/api/ably-token", "/api/auth/token",
			"/api/guest", "/api/nowhere", "/", "/error", "/nowhere", "//api/ably-jwt", "/%61pi/ably-jwt" })
	void managementPortWhenTokenPathThenNotThere(String path) {
		for (String method : List.of("GET", "POST", "OPTIONS", "HEAD")) {
			HttpResponse<String> answer = Http.send(method, server.managementUri(path),
					HttpRequest.BodyPublishers.noBody(), "Authorization", "Bearer " + TestServer.ann(), "Origin",
					TestServer.ORIGIN, "Access-Control-Request-Method", "GET");
			assertThat(answer.statusCode()).as(method + " " + path).isIn(404, 400);
			assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
			assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		}
	}

	@Test
	void mainPortThenTokens() {
		assertThat(Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann()).statusCode())
			.isEqualTo(200);
		Answers.assertRefused(Http.get(server.uri("/api/ably-jwt")), 401, 40100);
	}

	@Test
	void managementPortThenTheSameAdminDoor() {
		assertThat(management("GET", "/admin/probe/caller", "all").body()).contains("token:");
		assertThat(management("GET", "/admin/denials", "read").statusCode()).isEqualTo(200);
		HttpResponse<String> can = Http.post(server.managementUri("/admin/can"),
				"{\"user\":{\"id\":\"ann\",\"roles\":[\"member\"]},\"operation\":\"subscribe\",\"channel\":\"notify:ann\"}",
				"Content-Type", "application/json", "Authorization", "Bearer " + AdminTokens.token("read"));
		assertThat(can.body()).contains("\"allowed\":true");
		Answers.assertCommonHeaders(can);
		assertProblem(management("GET", "/admin/denials", "metrics"), 403, "insufficient-scope");
		assertProblem(management("GET", "/admin/denials", "wrong"), 401, "invalid-token");
		assertProblem(management("GET", "/admin/nowhere", "all"), 404, "not-found");
		assertProblem(management("PATCH", "/admin/denials", "all"), 405, "method-not-allowed");
		assertProblem(Http.get(server.managementUri("/admin/denials")), 401, "no-token");
		assertProblem(Http.post(server.managementUri("/admin/can"), "{", "Content-Type", "application/json",
				"Authorization", "Bearer " + AdminTokens.ALL), 400, "invalid-request");
	}

	@Test
	void managementPortThenMetersForTheirScopeOnly() {
		assertThat(management("GET", "/actuator/prometheus", "metrics").body()).contains("tokens_refused_total");
		assertThat(management("GET", "/actuator/metrics/policy.problems", "metrics").body()).contains("\"value\":0.0");
		assertProblem(management("GET", "/actuator/prometheus", "read"), 403, "insufficient-scope");
		assertProblem(Http.get(server.managementUri("/actuator/prometheus")), 401, "no-token");
		for (String path : List.of("/actuator", "/actuator/env", "/actuator/heapdump")) {
			assertThat(management("GET", path, "all").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void managementPortThenHealthWithDetailsForAdmins() {
		assertThat(Http.get(server.managementUri("/actuator/health")).body()).isEqualTo("{\"status\":\"UP\"}");
		assertThat(management("GET", "/actuator/health", "read").body()).contains("\"denyList\"")
			.doesNotContain("\"groups\"");
		assertProblem(management("GET", "/actuator/health", "wrong"), 401, "invalid-token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz" })
	void mainPortThenProbesAndTheOtherHasNone(String path) {
		HttpResponse<String> answer = Http.get(server.uri(path));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
		assertThat(Http.get(server.managementUri(path)).statusCode()).isEqualTo(404);
	}

	/** A fault is said by the same words at both ports, and shows nothing. */
	@Test
	void managementPortWhenTheHeadersAreTooLargeThenNoPageOfTomcat() {
		HttpResponse<String> answer = Http.get(server.managementUri("/admin/denials"), "X-Large", "x".repeat(20_000));
		assertThat(answer.statusCode()).isIn(400, 431);
		assertThat(answer.body()).doesNotContain("Tomcat", "<html");
	}

	@Test
	void bothPortsWhenTheServerLeavesThenEachConnectionEndsWithItsNextAnswer() {
		Leaving leaving = server.bean(Leaving.class);
		assertThat(connections()).containsExactly("", "");
		leaving.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.REFUSING_TRAFFIC));
		try {
			assertThat(connections()).containsExactly("close", "close");
		}
		finally {
			leaving.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));
		}
	}

	private static List<String> connections() {
		return Stream.of(Http.get(server.uri("/livez")), management("GET", "/actuator/health", "read"))
			.map((answer) -> answer.headers().firstValue("Connection").orElse(""))
			.toList();
	}

	private static HttpResponse<String> management(String method, String path, String credential) {
		return Http.send(method, server.managementUri(path), HttpRequest.BodyPublishers.noBody(), "Authorization",
				"Bearer " + AdminTokens.named(credential));
	}

}
