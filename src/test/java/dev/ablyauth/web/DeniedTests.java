package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import dev.ablyauth.TestFiles;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.DenialId;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.Denials;
import dev.ablyauth.revocation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is denied gets nothing anywhere, and nobody else notices.
 */
class DeniedTests {

	private static final List<String> TOKEN_PATHS = List.of("/api/ably-jwt", "/api/ably-token-request",
			"/api/ably-token", "/api/auth/token");

	private static final String ADMIN_BODY = "{\"user\":{\"id\":\"ann\",\"claims\":{\"team\":\"red\"}}}";

	@Test
	void denyThenRefusedOnEveryPathAlsoAfterARestartUntilAllowedAgain() {
		String file = TestFiles.denyList();
		DenialId id;
		try (TestServer server = server(file); LogLines audit = new LogLines("audit")) {
			assertIssued(server, TestServer.ann());
			Denial denial = deny(server, Target.Kind.USER_ID, "ann");
			id = denial.id();
			assertDenied(server, TestServer.ann());
			assertIssued(server, TestServer.session("bob", Map.of()));
			assertThat(audit.of(Level.INFO)).filteredOn((line) -> line.startsWith("decision=refused"))
				.hasSize(4)
				.allSatisfy((line) -> assertThat(line)
					.startsWith("decision=refused reason=denied message=\"This user is denied.\"")
					.contains(" user=ann ", " denial=" + denial.id() + " "))
				.noneMatch((line) -> line.contains("for the record"));
		}
		try (TestServer server = server(file)) {
			assertDenied(server, TestServer.ann());
			assertThat(admin(server, "/admin/explain", ADMIN_BODY).body()).contains("\"reason\":\"denied\"",
					id.toString());
			assertThat(admin(server, "/admin/can",
					ADMIN_BODY.replace("}}}", "}},\"operation\":\"subscribe\",\"channel\":\"notify:ann\"}"))
				.body()).contains("\"allowed\":false", "This user is denied.");
			Answers.assertProblem(admin(server, "/admin/tokens", ADMIN_BODY), 403, "denied");
			server.bean(Denials.class).allow(id, "olga");
			assertIssued(server, TestServer.ann());
		}
	}

	@ParameterizedTest
	@CsvSource({ "SESSION_ID,s-1", "SESSION_ID,j-1", "CLIENT_ID,ann", "ADDRESS,127.0.0.1", "ADDRESS,127.0.0.0/8" })
	void denyWhenByAnotherTargetThenRefused(Target.Kind kind, String value) {
		try (TestServer server = server(TestFiles.denyList())) {
			String session = TestServer.session("ann", Map.of("sid", "s-1", "jti", "j-1"));
			assertIssued(server, session);
			deny(server, kind, value);
			assertDenied(server, session);
			if (kind == Target.Kind.SESSION_ID) {
				assertIssued(server, TestServer.session("ann", Map.of("sid", "s-2")));
			}
		}
	}

	/**
	 * The server starts without its database, says that it is not ready, and comes by
	 * itself.
	 */
	@Test
	void startWhenTheDatabaseIsAwayThenNotReadyAndAnOutageForUsers() {
		try (TestServer server = TestServer.start("ably-auth.deny-list.url=jdbc:postgresql://127.0.0.1:1/app")) {
			assertThat(Http.get(server.uri("/livez")).statusCode()).isEqualTo(200);
			assertThat(Http.get(server.uri("/readyz")).statusCode()).isEqualTo(503);
			TOKEN_PATHS
				.forEach((path) -> assertThat(Answers.assertRefused(get(server, path, TestServer.ann()), 503, 50003))
					.isEqualTo("The deny-list is not read yet."));
			assertThat(Http.get(server.uri("/api/ably-jwt")).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void healthThenDetailsOfTheListForAdmins() {
		try (TestServer server = server(TestFiles.denyList())) {
			deny(server, Target.Kind.USER_ID, "ann");
			assertThat(Http.get(server.uri("/readyz")).body()).isEqualTo("{\"status\":\"UP\"}");
			HttpResponse<String> health = Http.get(server.uri("/actuator/health"), "Authorization",
					"Bearer " + AdminTokens.ALL);
			assertThat(health.body()).contains("\"denyList\":{\"details\":{", "\"targets\":1", "\"secondsSinceRead\":");
		}
	}

	private static TestServer server(String url) {
		return TestServer.start(AdminTokens.settings("ably-auth.deny-list.url=" + url));
	}

	private static Denial deny(TestServer server, Target.Kind kind, String value) {
		return server.bean(Denials.class)
			.deny(new DenialWish(new Target(kind, value), "for the record", "olga", null), null);
	}

	private static void assertDenied(TestServer server, String session) {
		TOKEN_PATHS.forEach((path) -> assertThat(Answers.assertRefused(get(server, path, session), 403, 40300))
			.isEqualTo("This user is denied."));
	}

	private static void assertIssued(TestServer server, String session) {
		TOKEN_PATHS.forEach((path) -> assertThat(get(server, path, session).statusCode()).as(path).isEqualTo(200));
	}

	private static HttpResponse<String> get(TestServer server, String path, String session) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + session);
	}

	private static HttpResponse<String> admin(TestServer server, String path, String body) {
		return Http.post(server.uri(path), body, "Authorization", "Bearer " + AdminTokens.ALL, "Content-Type",
				"application/json");
	}

}
