package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What admins ask of a running server, over HTTP.
 */
class AdminEndpointTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String EMBED_SECRET = "canary-embed-secret-of-more-than-32-bytes";

	private static final Map<String, Object> ANN = Map.of("id", "ann", "roles", List.of("member"), "claims",
			Map.of("team", "red", "level", 3));

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.startWith(TestServer.POLICY,
				AdminTokens.settings("ably-auth.embed.secret=" + EMBED_SECRET,
						"ably-auth.embed.issuer=https://app.example.com", "ably-auth.token.jitter=0",
						"ably-auth.keys[0].capability={\"notify:*\":[\"subscribe\"],\"team:*\":[\"*\"]}"));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void explainThenRulesGrantKeyFormatSizeAndLifetime() {
		JsonNode answer = ok("/admin/explain", Map.of("user", ANN));
		assertThat(answer.get("granted").asBoolean()).isTrue();
		assertThat(answer.get("rules").get(0).toString()).contains("\"members\"", "GIVES", "is true");
		assertThat(answer.get("rules").get(2).get("reason").asString()).isEqualTo("has(claims.suspended) is false");
		JsonNode given = answer.get("given");
		assertThat(given.get("clientId").asString()).isEqualTo("ann");
		assertThat(given.get("capability").toString())
			.contains("{\"resource\":\"notify:ann\",\"operation\":\"subscribe\",\"rules\":[\"mailbox\"]}")
			.contains("{\"resource\":\"team:red:*\",\"operation\":\"publish\",\"rules\":[\"members\"]}")
			.doesNotContain("notify:ann\",\"operation\":\"history");
		assertThat(given.get("lostToKey").toString()).isEqualTo("{\"notify:ann\":[\"history\"]}");
		JsonNode token = answer.get("token");
		assertThat(token.get("format").asString()).isEqualTo("jwt");
		assertThat(token.get("bytes").asInt()).isBetween(200, 800);
		assertThat(token.get("lifetimeSeconds").asInt()).isEqualTo(3600);
		assertThat(token.get("lifetimeSetBy").asString()).isEqualTo("policy");
		assertThat(token.get("key").asString()).isEqualTo(TestKeys.KEY.substring(0, TestKeys.KEY.indexOf(':')));
	}

	@Test
	void explainWhenASessionIsPastedAndAWishThenWhatIsLost() {
		JsonNode answer = ok("/admin/explain", Map.of("session", TestServer.ann(), "wish", Map.of("ttl", 120_000,
				"capability", Map.of("team:red:a", List.of("publish", "stats"), "other", List.of("*")))));
		assertThat(answer.get("given").get("lost").toString())
			.isEqualTo("{\"other\":[\"*\"],\"team:red:a\":[\"stats\"]}");
		assertThat(answer.get("token").get("lifetimeSetBy").asString()).isEqualTo("wish");
		assertThat(answer.get("token").get("lifetimeSeconds").asInt()).isEqualTo(120);
	}

	@Test
	void explainWhenRefusedThenReasonAndVerdicts() {
		JsonNode answer = ok("/admin/explain",
				Map.of("user", Map.of("id", "eve", "claims", Map.of("suspended", true)), "format", "jwt"));
		assertThat(answer.get("granted").asBoolean()).isFalse();
		assertThat(answer.get("reason").asString()).isEqualTo("denied-by-rule");
		assertThat(answer.get("rules").get(2).get("outcome").asString()).isEqualTo("REFUSES");
		assertThat(answer.get("rules").get(0).get("reason").asString())
			.isEqualTo("\"member\" in user.roles is false (user.roles is [])");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "publish; team:red:x; true; members", "subscribe; notify:ann; true; mailbox",
					"publish; team:blue:x; false; The rule \"members\" applies, and gives it elsewhere.",
					"history; notify:ann; false; the API key does not allow it",
					"stats; *; false; No rule that applies gives it." })
	void canThenYesOrNoWithTheRule(String operation, String channel, boolean allowed, String why) {
		JsonNode answer = ok("/admin/can", Map.of("user", ANN, "operation", operation, "channel", channel));
		assertThat(answer.get("allowed").asBoolean()).isEqualTo(allowed);
		assertThat(answer.get("rules") + answer.get("reason").asString()).contains(why);
	}

	@Test
	void canWhenTheUserLacksTheRoleThenTheRuleThatWouldGiveIt() {
		JsonNode answer = ok("/admin/can",
				Map.of("user", Map.of("id", "bob"), "operation", "publish", "channel", "team:red:x"));
		assertThat(answer.get("reason").asString()).isEqualTo("No rule that applies gives it. The rule \"members\" does"
				+ " not apply: \"member\" in user.roles is false (user.roles is []).");
	}

	@Test
	void checkThenProblemsWarningsTestsAndChanges() {
		String next = """
				rules:
				  - name: members
				    when: '"member" in user.roles'
				    grant: [{channel: "team:{claims.team}:*", operations: [publish, subscribe, stats]}]
				tests:
				  - {name: t, user: {id: zoe, roles: [member], claims: {team: red}}, refused: false}
				""";
		JsonNode answer = ok("/admin/policy/check", Map.of("policy", next, "users", List.of(ANN)));
		assertThat(answer.get("passed").asBoolean()).isTrue();
		assertThat(answer.get("check").get("tests").toString())
			.isEqualTo("[{\"name\":\"t\",\"passed\":true,\"message\":\"\"}]");
		JsonNode ann = answer.get("changes").get(0);
		assertThat(ann.get("user").asString()).isEqualTo("ann");
		assertThat(ann.get("difference").asString()).isEqualTo("other");
		assertThat(ann.get("more").asString()).isEqualTo("{\"team:red:*\":[\"stats\"]}");
		assertThat(ann.get("less").asString()).contains("notify:ann")
			.contains("\"team:red:*\":[\"history\",\"presence\"]");
		assertThat(answer.get("changes").get(1).get("user").asString()).isEqualTo("zoe");
	}

	@Test
	void checkWhenTheTextIsSentAsItIsThenTheSame() {
		HttpResponse<String> answer = Http.post(server.uri("/admin/policy/check"), "rules: [{nam: x}]", "Authorization",
				"Bearer " + AdminTokens.ALL, "Content-Type", "application/yaml");
		assertThat(answer.statusCode()).isEqualTo(200);
		JsonNode body = JSON.readTree(answer.body());
		assertThat(body.get("passed").asBoolean()).isFalse();
		assertThat(body.get("check").get("problems").toString()).contains("did you mean", "\"line\":1",
				"\"column\":10");
		assertThat(body.get("changes").isEmpty()).isTrue();
	}

	@Test
	void checkWhenTheServerCouldNotUseItThenThatIsAProblem() {
		JsonNode answer = ok("/admin/policy/check", Map.of("policy",
				"client-id: '{user.id|pseudonym}'\nrules: [{name: r, grant: [{channel: a, operations: publish}]}]"));
		assertThat(answer.get("passed").asBoolean()).isFalse();
		assertThat(answer.get("check").get("problems").toString()).contains("pseudonym-secret");
	}

	@Test
	void tokensThenATokenOfThatUserByThePolicy() {
		JsonNode answer = ok("/admin/tokens", Map.of("user", ANN));
		DecodedJWT jwt = JWT.decode(answer.get("token").asString());
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
		assertThat(jwt.getClaim("x-ably-capability").asString()).isEqualTo(answer.get("capability").asString())
			.contains("team:red:*");
		assertThat(Instant.parse(answer.get("expires").asString())).isEqualTo(jwt.getExpiresAtAsInstant());
		assertThat(answer.get("narrowed").asBoolean()).isTrue();
		JsonNode request = ok("/admin/tokens", Map.of("user", ANN, "format", "token-request"));
		assertThat(request.get("tokenRequest").get("clientId").asString()).isEqualTo("ann");
		assertThat(request.has("token")).isFalse();
	}

	@Test
	void tokensWhenEmbeddedThenTheAppsJwtEndsWithTheOneInside() {
		JsonNode answer = ok("/admin/tokens",
				Map.of("user", ANN, "embed", Map.of("plan", "pro", "tags", List.of("a"))));
		DecodedJWT outer = JWT.require(Algorithm.HMAC256(EMBED_SECRET))
			.withIssuer("https://app.example.com")
			.withSubject("ann")
			.withClaim("plan", "pro")
			.build()
			.verify(answer.get("token").asString());
		DecodedJWT inner = JWT.decode(outer.getClaim("x-ably-token").asString());
		assertThat(inner.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
		assertThat(outer.getExpiresAtAsInstant()).isBeforeOrEqualTo(inner.getExpiresAtAsInstant());
		assertThat(answer.get("format").asString()).isEqualTo("embedded");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/admin/tokens | {} | user",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"format\":\"saml\"} | format",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"embed\":{\"exp\":1}} | exp is decided",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"embed\":{\"jti\":5}} | jti is decided",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"embed\":{\" nbf\":5}} | white space",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"embed\":{\"\":5}} | needs a name",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"embed\":{\"aud\":{}}} | aud",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"whish\":{}} | nobody reads",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"wish\":{\"capabilty\":{}}} | wish",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"format\":{}} | format",
					"/admin/policy/check | {\"policy\":\"x\",\"users\":{}} | users",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"embed\":{\"x-ably-capability\":\"\"}} | is decided",
					"/admin/tokens | {\"user\":{\"id\":\"a\"},\"embed\":true,\"format\":\"token-request\"} | no token",
					"/admin/explain | {} | either", "/admin/explain | {\"user\":{\"name\":\"a\"}} | has \"name\"",
					"/admin/explain | {\"user\":{\"id\":\"\"}} | needs an \"id\"",
					"/admin/explain | {\"user\":{\"id\":\"a\",\"roles\":[1]}} | roles",
					"/admin/explain | {\"user\":{\"id\":\"a\",\"claims\":[]}} | claims",
					"/admin/explain | {\"session\":\"x.y.z\"} | session", "/admin/explain | {\"session\":3} | session",
					"/admin/explain | {\"user\":{\"id\":\"a\"},\"wish\":{\"ttl\":-1}} | ttl",
					"/admin/explain | {\"user\":{\"id\":\"a\"},\"wish\":{\"capability\":{}}} | capability",
					"/admin/explain | {\"user\":{\"id\":\"a\"},\"wish\":[]} | wish",
					"/admin/can | {\"user\":{\"id\":\"a\"},\"operation\":\"read\",\"channel\":\"x\"} | operation",
					"/admin/can | {\"user\":{\"id\":\"a\"},\"operation\":\"publish\",\"channel\":\"[x]\"} | channel",
					"/admin/can | {\"user\":{\"id\":\"a\"},\"operation\":\"publish\"} | channel",
					"/admin/policy/check | {} | policy", "/admin/policy/check | {\"policy\":3} | policy",
					"/admin/policy/check | {\"policy\":\"x\",\"users\":[3]} | user" })
	void callWhenTheBodyIsWrongThenAProblemThatNamesThePart(String path, String body, String message) {
		HttpResponse<String> answer = post(path, body);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(JSON.readTree(answer.body()).get("detail").asString()).contains(message);
	}

	@Test
	void tokensWhenThePolicyRefusesThenForbidden() {
		HttpResponse<String> answer = post("/admin/tokens",
				"{\"user\":{\"id\":\"eve\",\"claims\":{\"suspended\":true}}}");
		assertThat(Answers.assertProblem(answer, 403, "denied-by-rule")).isEqualTo("Your account is suspended.");
	}

	@Test
	void embedWhenThereIsNoSecretThenRefused() {
		try (TestServer bare = TestServer.startWith(TestServer.POLICY, AdminTokens.settings())) {
			HttpResponse<String> answer = Http.post(bare.uri("/admin/tokens"),
					"{\"user\":{\"id\":\"a\"},\"embed\":true}", "Authorization", "Bearer " + AdminTokens.ALL,
					"Content-Type", "application/json");
			assertThat(Answers.assertProblem(answer, 400, "invalid-request")).contains("ably-auth.embed.secret");
		}
	}

	private static JsonNode ok(String path, Map<String, ?> body) {
		HttpResponse<String> answer = post(path, JSON.writeValueAsString(body));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		Answers.assertCommonHeaders(answer);
		return JSON.readTree(answer.body());
	}

	private static HttpResponse<String> post(String path, String body) {
		return Http.post(server.uri(path), body, "Authorization", "Bearer " + AdminTokens.ALL, "Content-Type",
				"application/json");
	}

}
