package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.ablyauth.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets through the admin door, and what the others are told. RFC 6750 3.
 */
class AdminDoorTests {

	private static final String CALLER = "/admin/probe/caller";

	private static final List<String> PATHS = List.of("/admin/explain", "/admin/can", "/admin/policy/check",
			"/admin/tokens", "/admin/nowhere");

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(AdminTokens.settings("spring.profiles.active=" + AdminProbeController.PROFILE));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	/** Let in is whatever is neither 401 nor 403: the call may still be a wrong one. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			#                   | explain | can | check | tokens | any other
			none                | 401 | 401 | 401 | 401 | 401
			wrong               | 401 | 401 | 401 | 401 | 401
			hash of all         | 401 | 401 | 401 | 401 | 401
			digits of all       | 401 | 401 | 401 | 401 | 401
			session             | 401 | 401 | 401 | 401 | 401
			all                 |  in |  in |  in |  in |  in
			metrics             | 403 | 403 | 403 | 403 | 403
			read                |  in |  in |  in | 403 | 403
			mint                | 403 | 403 | 403 |  in | 403
			revoke              | 403 | 403 | 403 | 403 | 403
			jwt admin           |  in |  in |  in |  in |  in
			jwt scp text        |  in |  in |  in |  in |  in
			jwt scp list        |  in |  in |  in |  in |  in
			jwt read            |  in |  in |  in | 403 | 403
			jwt mint in scp     | 403 | 403 | 403 |  in | 403
			jwt no scope        | 403 | 403 | 403 | 403 | 403
			jwt other scopes    | 403 | 403 | 403 | 403 | 403
			jwt scope list      | 403 | 403 | 403 | 403 | 403
			jwt scope with tabs | 403 | 403 | 403 | 403 | 403
			jwt expired         | 401 | 401 | 401 | 401 | 401
			jwt other audience  | 401 | 401 | 401 | 401 | 401
			jwt other issuer    | 401 | 401 | 401 | 401 | 401
			jwt other key       | 401 | 401 | 401 | 401 | 401
			jwt no subject      | 401 | 401 | 401 | 401 | 401
			""")
	void postWithCredentialThenInOrNot(String credential, String explain, String can, String check, String tokens,
			String other) {
		List<String> expected = List.of(explain, can, check, tokens, other);
		for (int i = 0; i < PATHS.size(); i++) {
			HttpResponse<String> answer = post(PATHS.get(i), AdminTokens.named(credential));
			if (expected.get(i).equals("in")) {
				assertThat(answer.statusCode()).as(PATHS.get(i)).isNotIn(401, 403).isLessThan(500);
			}
			else {
				assertThat(answer.statusCode()).as(PATHS.get(i)).isEqualTo(Integer.parseInt(expected.get(i)));
				assertProblem(answer, answer.statusCode(), (answer.statusCode() == 403) ? "insufficient-scope"
						: credential.equals("none") ? "no-token" : "invalid-token");
			}
		}
	}

	@Test
	void callWhenATokenAsksTooOftenThen429AndOthersAreLetIn() {
		try (TestServer limited = TestServer.start(AdminTokens.settings("ably-auth.rate-limit.per-admin=3/1h"))) {
			for (int i = 0; i < 3; i++) {
				assertThat(ask(limited, AdminTokens.token("read")).statusCode()).isEqualTo(200);
			}
			HttpResponse<String> refused = ask(limited, AdminTokens.token("read"));
			Answers.assertProblem(refused, 429, "rate-limited");
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(ask(limited, AdminTokens.ALL).statusCode()).isEqualTo(200);
			assertThat(ask(limited, AdminTokens.WRONG).statusCode()).isEqualTo(401);
		}
	}

	private static HttpResponse<String> ask(TestServer limited, String token) {
		return Http.get(limited.uri("/admin/denials"), "Authorization", "Bearer " + token);
	}

	@Test
	void callWhenNoTokenThenChallengeWithoutError() {
		assertThat(challenge(post("/admin/can", null))).isEqualTo("Bearer realm=\"ably-auth\"");
	}

	@Test
	void callWhenTokenIsWrongThenChallengeSaysSoAndNotWhy() {
		for (String credential : List.of("wrong", "session", "jwt expired", "jwt other key")) {
			HttpResponse<String> answer = post("/admin/can", AdminTokens.named(credential));
			assertThat(challenge(answer)).isEqualTo("Bearer realm=\"ably-auth\", error=\"invalid_token\"");
			assertThat(assertProblem(answer, 401, "invalid-token")).isEqualTo("The admin token is not valid.");
		}
	}

	@ParameterizedTest
	@CsvSource({ "metrics, /admin/can, read", "read, /admin/tokens, mint", "mint, /admin/x, admin",
			"jwt no scope, /admin/can, ably-auth:read", "jwt read, /admin/tokens, ably-auth:mint",
			"jwt read, /admin/x, ably-auth:admin" })
	void callWhenScopeIsLackingThenChallengeNamesIt(String credential, String path, String scope) {
		HttpResponse<String> answer = post(path, AdminTokens.named(credential));
		assertThat(challenge(answer))
			.isEqualTo("Bearer realm=\"ably-auth\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
		assertThat(assertProblem(answer, 403, "insufficient-scope"))
			.isEqualTo("The admin token lacks the scope " + scope + ".");
	}

	@Test
	void callWhenTwoAuthorizationValuesThenRefused() {
		HttpResponse<String> answer = Http.get(server.uri(CALLER), "Authorization", "Bearer " + AdminTokens.ALL,
				"Authorization", "Bearer " + AdminTokens.ALL);
		assertThat(assertProblem(answer, 400, "invalid-request")).startsWith("Authorization: there are two values");
		assertThat(challenge(answer)).endsWith("error=\"invalid_request\"");
	}

	@Test
	void callWhenTokenIsNotInTheHeaderThenItIsNone() {
		String token = AdminTokens.ALL.replace("+", "%2B");
		for (String name : List.of("access_token", "token", "Authorization")) {
			assertProblem(Http.get(server.uri(CALLER + "?" + name + "=" + token)), 401, "no-token");
			assertProblem(Http.post(server.uri("/admin/can"), name + "=" + token, "Content-Type",
					"application/x-www-form-urlencoded"), 401, "no-token");
			assertProblem(Http.get(server.uri(CALLER), "Cookie", name + "=" + AdminTokens.ALL), 401, "no-token");
		}
	}

	@Test
	void callWhenCookieIsAGoodSessionThenItIsNone() {
		assertProblem(Http.get(server.uri(CALLER), "Cookie", "session=" + AdminTokens.adminJwt().token()), 401,
				"no-token");
	}

	@Test
	void callWhenTokensAreBothInQueryAndHeaderThenTheHeaderDecides() {
		assertProblem(Http.get(server.uri(CALLER + "?access_token=" + AdminTokens.token("read")), "Authorization",
				"Bearer " + AdminTokens.WRONG), 401, "invalid-token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer", "Bearer ", "Basic " + AdminTokens.ALL, AdminTokens.ALL,
			"Bearer" + AdminTokens.ALL, "Token " + AdminTokens.ALL })
	void callWhenHeaderHoldsNoBearerThenItIsNone(String header) {
		assertProblem(Http.get(server.uri(CALLER), "Authorization", header), 401, "no-token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bearer ", "BEARER ", "Bearer    " })
	void callWhenSchemeIsWrittenOtherwiseThenIn(String scheme) {
		assertThat(Http.get(server.uri(CALLER), "Authorization", scheme + AdminTokens.ALL).statusCode()).isEqualTo(200);
	}

	@Test
	void callWhenTokenIsAlmostRightThenWrong() {
		String token = AdminTokens.ALL;
		for (String almost : List.of(token.toUpperCase(Locale.ROOT), token + "x", token.substring(1),
				token + ", " + token, "\"" + token + "\"", token.replace("=", ""))) {
			assertProblem(post("/admin/can", almost), 401, "invalid-token");
		}
	}

	@Test
	void callThenTheControllerKnowsTheCaller() {
		assertThat(get("all").body())
			.isEqualTo("{\"name\":\"token:" + AdminTokens.hash(AdminTokens.ALL).substring(7, 15) + "\"}");
		assertThat(get("jwt admin").body()).isEqualTo("{\"name\":\"jwt:olga\"}");
		Answers.assertCommonHeaders(get("all"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "OPTIONS", "BREW" })
	void callWhenOtherMethodThenNotAllowedAndSaysWhich(String method) {
		HttpResponse<String> answer = Http.send(method, server.uri(CALLER), HttpRequest.BodyPublishers.noBody(),
				"Authorization", "Bearer " + AdminTokens.ALL);
		assertThat(assertProblem(answer, 405, "method-not-allowed"))
			.isEqualTo("Only DELETE, GET, POST is answered here.");
		assertThat(answer.headers().firstValue("Allow")).contains("DELETE, GET, POST");
	}

	@Test
	void callWhenHeadThenNotAllowed() {
		HttpResponse<String> answer = Http.send("HEAD", server.uri(CALLER), HttpRequest.BodyPublishers.noBody(),
				"Authorization", "Bearer " + AdminTokens.ALL);
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
	}

	@Test
	void callWhenTraceThenNotAllowedWithoutAnEcho() {
		HttpResponse<String> answer = Http.send("TRACE", server.uri(CALLER), HttpRequest.BodyPublishers.noBody(),
				"Authorization", "Bearer " + AdminTokens.ALL);
		assertProblem(answer, 405, "method-not-allowed");
		assertThat(answer.body()).doesNotContain(AdminTokens.ALL);
	}

	@ParameterizedTest
	@ValueSource(strings = { TestServer.ORIGIN, "https://evil.example", "null" })
	void callWhenFromAPageThenNothingIsSaidToIt(String origin) {
		HttpResponse<String> preflight = Http.send("OPTIONS", server.uri(CALLER), HttpRequest.BodyPublishers.noBody(),
				"Origin", origin, "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers",
				"authorization");
		assertProblem(preflight, 401, "no-token");
		HttpResponse<String> answer = Http.get(server.uri(CALLER), "Origin", origin, "Sec-Fetch-Site", "cross-site",
				"Authorization", "Bearer " + AdminTokens.ALL);
		assertThat(answer.statusCode()).isEqualTo(200);
		Answers.assertNotForPages(answer);
	}

	/** The token path knows no admin tokens, and the admin door no sessions. */
	@Test
	void tokenPathWhenAdminTokenThenNoSession() {
		Answers.assertRefused(Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + AdminTokens.ALL), 401,
				40100);
		Answers.assertRefused(
				Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + AdminTokens.adminJwt().token()), 401,
				40100);
	}

	@Test
	void callWhenJwtNamesAPrefixedScopeOfAnotherSettingThenItIsUnknown() {
		try (TestServer other = TestServer.start(AdminTokens.settings("ably-auth.admin.jwt.scope=Admin.All",
				"spring.profiles.active=" + AdminProbeController.PROFILE))) {
			for (Map.Entry<String, Integer> row : Map
				.of("Admin.All", 200, "ably-auth:admin", 403, "admin", 403, "read", 403, "Admin.read", 403)
				.entrySet()) {
				String token = AdminTokens.jwt().claim("scp", row.getKey()).token();
				assertThat(Http.get(other.uri(CALLER), "Authorization", "Bearer " + token).statusCode())
					.as(row.getKey())
					.isEqualTo(row.getValue());
			}
		}
	}

	private static HttpResponse<String> get(String credential) {
		return Http.get(server.uri(CALLER), "Authorization",
				"Bearer " + Objects.requireNonNull(AdminTokens.named(credential)));
	}

	private static HttpResponse<String> post(String path, @Nullable String token) {
		return (token == null) ? Http.post(server.uri(path), "{}", "Content-Type", "application/json") : Http
			.post(server.uri(path), "{}", "Content-Type", "application/json", "Authorization", "Bearer " + token);
	}

	private static String challenge(HttpResponse<String> answer) {
		assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(1);
		return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
	}

}
