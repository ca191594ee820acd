package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.LogLines;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Denying and allowing again, over HTTP.
 */
class AdminDenialTests {

	private static final String PATH = "/admin/denials";

	private static final JsonMapper JSON = new JsonMapper();

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
	void denyThenAllOfItAndUntilWhenTokensLive() {
		Instant begun = Instant.now();
		HttpResponse<String> answer = post("revoke", "{\"target\":{\"userId\":\"cid\"},\"reason\":\"spam\","
				+ "\"until\":\"2099-01-01T00:00:00.123456Z\",\"revoke\":false}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		JsonNode denial = JSON.readTree(answer.body());
		String id = denial.get("id").asString();
		assertThat(answer.headers().firstValue("Location")).contains(PATH + "/" + id);
		assertThat(denial.get("target").toString()).isEqualTo("{\"userId\":\"cid\"}");
		assertThat(denial.get("reason").asString()).isEqualTo("spam");
		assertThat(denial.get("author").asString()).matches("token:[0-9a-f]{8}");
		assertThat(Instant.parse(denial.get("created").asString())).isCloseTo(begun, within(Duration.ofSeconds(10)));
		assertThat(denial.get("until").asString()).isEqualTo("2099-01-01T00:00:00.123Z");
		assertThat(denial.get("active").asBoolean()).isTrue();
		assertThat(denial.get("revocation").get("state").asString()).isEqualTo("not-requested");
		// A day, half a minute for a request in flight, one in which another instance may
		// not know, two in which a TokenRequest is good, and one by which clocks differ.
		assertThat(Duration.between(Instant.parse(denial.get("created").asString()),
				Instant.parse(denial.get("revocation").get("tokensEndBy").asString())))
			.isEqualTo(Duration.ofHours(24).plusSeconds(270));
		assertThat(token("cid")).isEqualTo(403);
		JsonNode found = ok(get(PATH + "/" + id));
		assertThat(found.get("id").asString()).isEqualTo(id);
		assertThat(found.has("ended")).isFalse();
	}

	@Test
	void denyWhenTheKeyIsRevocableThenTokensLiveAnHour() {
		try (TestServer revocable = TestServer.start(AdminTokens.settings("ably-auth.keys[0].revocable-tokens=true"))) {
			JsonNode denial = JSON.readTree(Http.post(revocable.uri(PATH), body("userId", "ann"), "Authorization",
					"Bearer " + AdminTokens.ALL, "Content-Type", "application/json")
				.body());
			assertThat(Duration.between(Instant.parse(denial.get("created").asString()),
					Instant.parse(denial.get("revocation").get("tokensEndBy").asString())))
				.isEqualTo(Duration.ofHours(1).plusSeconds(270));
		}
	}

	/** A key that does not sign any more may have signed what is out. */
	@Test
	void denyWhenAnotherKeyHasLongerTokensThenThoseCountAndTheStatesSayTheSame() {
		try (TestServer two = TestServer.start(AdminTokens.settings("ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.keys[1].value=" + TestKeys.KEY.replaceAll("\\..*:", ".before:")))) {
			String[] headers = { "Authorization", "Bearer " + AdminTokens.ALL, "Content-Type", "application/json" };
			JsonNode denial = JSON.readTree(Http.post(two.uri(PATH), body("userId", "ann"), headers).body());
			Instant created = Instant.parse(denial.get("created").asString());
			Instant ends = Instant.parse(denial.get("revocation").get("tokensEndBy").asString());
			assertThat(Duration.between(created, ends)).isEqualTo(Duration.ofHours(24).plusSeconds(270));
			JsonNode targets = JSON
				.readTree(
						Http.post(two.uri("/admin/revocations"), "{\"targets\":[{\"address\":\"192.0.2.7\"}]}", headers)
							.body())
				.get("targets");
			Instant last = targets.valueStream()
				.map((target) -> Instant.parse(target.get("livesUntil").asString()))
				.max(Comparator.naturalOrder())
				.orElseThrow();
			assertThat(last).isCloseTo(ends, within(Duration.ofSeconds(10)));
		}
	}

	@Test
	void allowThenTheRowStaysWithWhoAndWhenAndOnceIsEnough() {
		String id = deny("userId", "dora");
		assertThat(token("dora")).isEqualTo(403);
		JsonNode ended = ok(delete("revoke", id));
		assertThat(ended.get("active").asBoolean()).isFalse();
		assertThat(ended.get("endedBy").asString()).matches("token:[0-9a-f]{8}");
		assertThat(token("dora")).isEqualTo(200);
		assertThat(ok(delete("all", id))).isEqualTo(ended);
		assertThat(ok(get(PATH + "/" + id))).isEqualTo(ended);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000000000000000000000000000", "x", "..%2f..", "ABCDEF00000000000000000000000000" })
	void callWhenTheIdIsUnknownThenNotThere(String id) {
		for (HttpResponse<String> answer : List.of(get(PATH + "/" + id), delete("all", id))) {
			assertThat(answer.statusCode()).isIn(400, 404);
			assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
		}
	}

	@ParameterizedTest
	@CsvSource({ "userId,u 1", "clientId,c1", "sessionId,s1", "guestId,guest-1", "revocationKey,k1",
			"address,198.51.100.0/24" })
	void searchWhenByTargetThenThatOne(String kind, String value) {
		String id = deny(kind, value);
		JsonNode found = ok(get(PATH + "?" + kind + "=" + value.replace(" ", "%20"))).get("denials");
		assertThat(found.size()).isEqualTo(1);
		assertThat(found.get(0).get("id").asString()).isEqualTo(id);
		assertThat(ok(get(PATH + "?limit=1000&kind=" + kind)).get("denials").toString()).contains(id);
		delete("all", id);
		assertThat(ok(get(PATH + "?" + kind + "=" + value.replace(" ", "%20"))).get("denials").isEmpty()).isTrue();
		assertThat(ok(get(PATH + "?all=true&" + kind + "=" + value.replace(" ", "%20"))).get("denials").size())
			.isEqualTo(1);
	}

	@Test
	void searchWhenInPagesThenEachOnce() {
		List<String> ids = List.of(deny("revocationKey", "p1"), deny("revocationKey", "p2"),
				deny("revocationKey", "p3"));
		JsonNode first = ok(get(PATH + "?kind=revocationKey&limit=2"));
		assertThat(first.get("next").asString()).isEqualTo(ids.get(1));
		JsonNode second = ok(get(PATH + "?kind=revocationKey&limit=2&after=" + ids.get(1)));
		assertThat(second.get("denials").get(0).get("id").asString()).isEqualTo(ids.get(0));
		String author = first.get("denials").get(0).get("author").asString();
		assertThat(ok(get(PATH + "?limit=1&author=" + author)).get("denials").size()).isEqualTo(1);
		assertThat(ok(get(PATH + "?author=nobody")).get("denials").isEmpty()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x=1", "limit=0", "limit=1001", "limit=-1", "limit=1e2", "all=yes", "after=x",
			"kind=channel", "userId=a&clientId=b", "userId=a&kind=userId", "userId=a&userId=b", "address=x",
			"clientId=*", "after=0123456789abcdef0123456789abcdef", "author=", "author=a%00b", "author=a%0Ab" })
	void searchWhenTheQueryIsWrongThenAProblem(String query) {
		Answers.assertProblem(get(PATH + "?" + query), 400, "invalid-request");
	}

	@Test
	void searchWhenTheAuthorIsTooLongThenAProblem() {
		assertThat(get(PATH + "?author=" + "a".repeat(512)).statusCode()).isEqualTo(200);
		assertThat(Answers.assertProblem(get(PATH + "?author=" + "a".repeat(513)), 400, "invalid-request"))
			.contains("author: must have 1 to 512 characters");
	}

	/** Who cannot be written down can neither deny nor allow. */
	@Test
	void callWhenTheNameOfTheAdminIsTooLongThenAProblemAndNothingChanges() {
		String id = deny("userId", "ivy");
		String admin = "Bearer " + AdminTokens.adminJwt().subject("o".repeat(512)).token();
		for (HttpResponse<String> answer : List.of(
				Http.send("DELETE", server.uri(PATH + "/" + id), HttpRequest.BodyPublishers.noBody(), "Authorization",
						admin),
				Http.post(server.uri(PATH), body("userId", "jan"), "Authorization", admin, "Content-Type",
						"application/json"))) {
			assertThat(Answers.assertProblem(answer, 400, "invalid-request"))
				.contains("author: must have 1 to 512 characters");
		}
		assertThat(token("ivy")).isEqualTo(403);
		assertThat(token("jan")).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{} | reason: must be a text",
			"{'reason':'x'} | target: must be an object with one member",
			"{'reason':'x','target':'ann'} | target: must be an object",
			"{'reason':'x','target':{}} | target: must be an object",
			"{'reason':'x','target':{'userId':'a','clientId':'b'}} | one member",
			"{'reason':'x','target':{'channel':'a'}} | target: its member must be userId",
			"{'reason':'x','target':{'userId':7}} | target: its member must be a text",
			"{'reason':'x','target':{'userId':''}} | target: userId must have 1 to 512",
			"{'reason':'x','target':{'clientId':'*'}} | target: clientId must not contain *",
			"{'reason':'x','target':{'address':'10.0.0.0/7'}} | target: address has a length",
			"{'reason':'','target':{'userId':'a'}} | reason: must have 1 to 500",
			"{'reason':7,'target':{'userId':'a'}} | reason: must be a text",
			"{'reason':'x','target':{'userId':'a'},'until':'tomorrow'} | until: must be a time",
			"{'reason':'x','target':{'userId':'a'},'until':4102444800} | until: must be a time",
			"{'reason':'x','target':{'userId':'a'},'until':'+99999-01-01T00:00:00Z'} | until: must be a time",
			"{'reason':'x','target':{'userId':'a'},'until':'2020-01-01T00:00:00Z'} | until: must be in the future",
			"{'reason':'x','target':{'userId':'a'},'clientIds':['b']} | clientIds: have no effect without",
			"{'reason':'x','target':{'userId':'a'},'revoke':true,'clientIds':'b'} | clientIds: must be a list",
			"{'reason':'x','target':{'userId':'a'},'revoke':true,'clientIds':['*']} | clientIds: each must not contain *",
			"{'reason':'x','target':{'userId':'a'},'revoke':true,'clientIds':[7]} | clientIds: each ",
			"{'reason':'x','target':{'userId':'a'},'revoke':'no'} | revoke: must be true or false",
			"{'reason':'x','target':{'userId':'a'},'id':'1'} | nobody reads" })
	void denyWhenTheBodyIsWrongThenAProblemAndNothingChanges(String body, String message) {
		HttpResponse<String> answer = post("all", body.replace('\'', '"'));
		assertThat(Answers.assertProblem(answer, 400, "invalid-request")).contains(message);
		assertThat(ok(get(PATH + "?all=true&userId=a")).get("denials").isEmpty()).isTrue();
	}

	@Test
	void denyWhenTheKeyWasUsedThenTheSameDenialOrARefusal() {
		String first = id(post("all", body("userId", "fay"), "Idempotency-Key", "k-1"));
		assertThat(id(post("all", body("userId", "fay"), "Idempotency-Key", "k-1"))).isEqualTo(first);
		Answers.assertProblem(post("all", body("userId", "gus"), "Idempotency-Key", "k-1"), 422, "key-reused");
		assertThat(id(post("revoke", body("userId", "gus"), "Idempotency-Key", "k-1"))).isNotEqualTo(first);
		assertThat(token("fay")).isEqualTo(403);
		Answers.assertProblem(post("all", body("userId", "x"), "Idempotency-Key", ""), 400, "invalid-request");
		Answers.assertProblem(post("all", body("userId", "x"), "Idempotency-Key", "k".repeat(256)), 400,
				"invalid-request");
	}

	@ParameterizedTest
	@CsvSource({ "read,403,200,403", "revoke,201,403,404", "mint,403,403,403", "metrics,403,403,403",
			"all,201,200,404" })
	void callThenByScope(String token, int deny, int read, int allow) {
		assertThat(post(token, body("userId", "scoped")).statusCode()).isEqualTo(deny);
		assertThat(Http.get(server.uri(PATH), "Authorization", bearer(token)).statusCode()).isEqualTo(read);
		assertThat(delete(token, "0".repeat(32)).statusCode()).isEqualTo(allow);
	}

	@Test
	void callThenOneAuditLineWithTheDenialAndNotTheReason() {
		try (LogLines audit = new LogLines("audit")) {
			String id = deny("userId", "hal");
			delete("all", id);
			assertThat(audit.of(Level.INFO)).hasSize(2);
			assertThat(audit.of(Level.INFO).get(0)).startsWith("decision=accepted caller=token:")
				.contains("method=POST path=/admin/denials ", "target=userId:hal", "denial=" + id)
				.doesNotContain("spam");
			assertThat(audit.of(Level.INFO).get(1)).contains("method=DELETE path=/admin/denials/{id} ",
					"target=userId:hal", "denial=" + id);
		}
	}

	@Test
	void denyWhenTenThousandAtOnceThenRefusedAndNothingChanges() {
		String many = "{\"reason\":\"x\",\"target\":[" + "{\"userId\":\"a\"},".repeat(9999) + "{\"userId\":\"a\"}]}";
		assertThat(post("all", many).statusCode()).isIn(400, 413);
		assertThat(token("a")).isEqualTo(200);
	}

	private static String deny(String kind, String value) {
		return id(post("all", body(kind, value)));
	}

	private static String id(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JSON.readTree(answer.body()).get("id").asString();
	}

	private static String body(String kind, String value) {
		return JSON.writeValueAsString(Map.of("target", Map.of(kind, value), "reason", "spam"));
	}

	private static int token(String user) {
		return Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.session(user, Map.of()))
			.statusCode();
	}

	private static JsonNode ok(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		Answers.assertCommonHeaders(answer);
		return JSON.readTree(answer.body());
	}

	private static String bearer(String token) {
		return "Bearer " + (token.equals("all") ? AdminTokens.ALL : AdminTokens.token(token));
	}

	private static HttpResponse<String> get(String path) {
		return Http.get(server.uri(path), "Authorization", bearer("all"));
	}

	private static HttpResponse<String> delete(String token, String id) {
		return Http.send("DELETE", server.uri(PATH + "/" + id), HttpRequest.BodyPublishers.noBody(), "Authorization",
				bearer(token));
	}

	private static HttpResponse<String> post(String token, String body, String... headers) {
		String[] all = new String[headers.length + 4];
		System.arraycopy(headers, 0, all, 4, headers.length);
		all[0] = "Authorization";
		all[1] = bearer(token);
		all[2] = "Content-Type";
		all[3] = "application/json";
		return Http.post(server.uri(PATH), body, all);
	}

}
