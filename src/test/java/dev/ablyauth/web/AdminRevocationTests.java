package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.ablyauth.TestFiles;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revoking at Ably, with a denial and alone, over HTTP. Ably is the stand-in.
 */
class AdminRevocationTests {

	private static final String PATH = "/admin/revocations";

	private static final JsonMapper JSON = new JsonMapper();

	private AblyStandIn ably;

	private TestServer server;

	@BeforeEach
	void start() {
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable());
		this.server = TestServer.start(AdminTokens.settings("ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.ably.rest-url=http://127.0.0.1:" + this.ably.port()));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.ably.close();
	}

	@Test
	void denyAndRevokeThenDeniedAndAblyHasTakenIt() {
		HttpResponse<String> answer = post("/admin/denials",
				"{'target':{'userId':'ann'},'reason':'spam','revoke':true}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		JsonNode denial = JSON.readTree(answer.body());
		JsonNode target = denial.at("/revocation/targets/0");
		assertThat(target.get("state").asString()).as(answer.body()).isEqualTo("revoked");
		assertThat(denial.at("/revocation/denial")).isEqualTo(denial.get("id"));
		assertThat(this.ably.revocations()).hasSize(1);
		Answers.assertRefused(Http.get(this.server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann()),
				403, 40300);
		JsonNode found = JSON.readTree(get("/admin/denials/" + denial.get("id").asString()).body());
		assertThat(found.at("/revocation/targets/0/state").asString()).isEqualTo("revoked");
		assertThat(get(PATH + "/" + denial.at("/revocation/id").asString()).statusCode()).isEqualTo(200);
	}

	@Test
	void denyAndRevokeWhenAblyIsAwayThen202AndLaterTaken() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			this.ably.revocationFaults().answer(503);
		}
		HttpResponse<String> answer = post("/admin/denials",
				"{'target':{'clientId':'ann'},'reason':'spam','revoke':true}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
		JsonNode denial = JSON.readTree(answer.body());
		assertThat(denial.at("/revocation/onItsWay").asBoolean()).isTrue();
		Answers.assertRefused(Http.get(this.server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann()),
				403, 40300);
		for (int i = 0; i < 200 && isOnItsWay(denial); i++) {
			Thread.sleep(100);
		}
		assertThat(isOnItsWay(denial)).isFalse();
	}

	/**
	 * What waited before must not be on its way for ever: it is not sent by a server
	 * without the key, and ends there like others that are too old.
	 */
	@Test
	void revokeWhenTheKeyIsNotRevocableAnyMoreThenItComesToAnEnd() throws InterruptedException {
		String store = "ably-auth.deny-list.url=" + TestFiles.denyList();
		String id;
		try (TestServer before = TestServer.start(AdminTokens.settings("ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.ably.rest-url=http://127.0.0.1:1", store))) {
			id = JSON.readTree(post(before, PATH, "{'targets':[{'clientId':'ann'}]}").body()).get("id").asString();
		}
		JdbcClient.create(new DriverManagerDataSource(store.substring(store.indexOf('=') + 1)))
			.sql("update ably_auth_revocation_target set issued_before = issued_before - 90000000,"
					+ " next_try = next_try - 90000000, claimed_until = 0")
			.update();
		try (TestServer after = TestServer.start(AdminTokens.settings(store))) {
			JsonNode state = JSON.readTree(get(after, PATH + "/" + id).body());
			for (int i = 0; i < 50 && state.get("onItsWay").asBoolean(); i++) {
				Thread.sleep(100);
				state = JSON.readTree(get(after, PATH + "/" + id).body());
			}
			assertThat(state.at("/targets/0/state").asString()).isEqualTo("given-up");
		}
	}

	private boolean isOnItsWay(JsonNode denial) {
		return JSON.readTree(get("/admin/denials/" + denial.get("id").asString()).body())
			.at("/revocation/onItsWay")
			.asBoolean();
	}

	@Test
	void revokeThenNobodyIsDeniedAndClientIdsBesideTheUserAreRevokedToo() {
		HttpResponse<String> answer = post(PATH,
				"{'targets':[{'userId':'ann'},{'revocationKey':'team-red'},{'address':'192.0.2.7'}],'allowReauthMargin':true}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		JsonNode revocation = JSON.readTree(answer.body());
		assertThat(answer.headers().firstValue("Location")).contains(PATH + "/" + revocation.get("id").asString());
		assertThat(revocation.at("/targets/0/state").asString()).isEqualTo("revoked");
		assertThat(revocation.at("/targets/1/state").asString()).isEqualTo("revoked");
		assertThat(revocation.at("/targets/2/state").asString()).isEqualTo("nothing-to-revoke");
		assertThat(
				Http.get(this.server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann()).statusCode())
			.isEqualTo(200);
		post("/admin/denials",
				"{'target':{'sessionId':'s-1'},'reason':'logout','revoke':true,'clientIds':['bob','carl']}");
		assertThat(this.ably.revocations().toString()).contains("clientId:bob", "clientId:carl");
	}

	@Test
	void revokeWhenTheKeyWasUsedThenTheSameRevocationOrARefusal() {
		String body = "{'targets':[{'clientId':'ann'}]}";
		JsonNode first = JSON.readTree(post(PATH, body, "Idempotency-Key", "k-1").body());
		assertThat(JSON.readTree(post(PATH, body, "Idempotency-Key", "k-1").body()).get("id"))
			.isEqualTo(first.get("id"));
		Answers.assertProblem(post(PATH, "{'targets':[{'clientId':'bob'}]}", "Idempotency-Key", "k-1"), 422,
				"key-reused");
		assertThat(this.ably.revocations()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{} | targets: must have 1 to 1000", "{'targets':[]} | targets: must have 1",
					"{'targets':{'userId':'a'}} | targets: must be a list",
					"{'targets':[{'userId':'b'},'a']} | targets[1]: target: must be an object",
					"{'targets':[{'userId':'a','clientId':'b'}]} | target: must be an object",
					"{'targets':[{'clientId':'*'}]} | target: clientId must not contain",
					"{'targets':[{'user':'a'}]} | target: its member must be",
					"{'targets':[{'userId':'a'}],'allowReauthMargin':1} | allowReauthMargin: must be true or false",
					"{'targets':[{'userId':'a'}],'reason':'x'} | nobody reads" })
	void revokeWhenTheBodyIsWrongThenAProblemAndNothingIsSent(String body, String message) {
		assertThat(Answers.assertProblem(post(PATH, body), 400, "invalid-request")).contains(message);
		assertThat(this.ably.revocations()).isEmpty();
	}

	/** Of letters that JSON may write as escapes, in the longest way. */
	@Test
	void revokeWhenThereAreAThousandOfTheLongestTargetsThenTaken() {
		String rest = "\\u00e4".repeat(508);
		String targets = IntStream.range(0, 1_000)
			.mapToObj((i) -> "{'sessionId':'%04d%s'}".formatted(i, rest))
			.collect(Collectors.joining(","));
		HttpResponse<String> answer = post(PATH, "{'targets':[" + targets + "],'allowReauthMargin':true}");
		assertThat(answer.statusCode()).as(answer.body()).isIn(201, 202);
		assertThat(JSON.readTree(answer.body()).get("targets").size()).isEqualTo(1_000);
		assertThat(post(PATH, "{'targets':[" + " ".repeat(3 * 1024 * 1024) + "]}").statusCode()).isEqualTo(413);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_001, 10_000 })
	void revokeWhenThereAreTooManyTargetsThenNothingIsSent(int count) {
		String targets = IntStream.range(0, count)
			.mapToObj((i) -> "{'clientId':'c" + i + "'}")
			.collect(Collectors.joining(","));
		assertThat(post(PATH, "{'targets':[" + targets + "]}").statusCode()).isIn(400, 413);
		assertThat(this.ably.revocations()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "read, 403, 404", "revoke, 201, 404", "mint, 403, 403", "metrics, 403, 403" })
	void callThenByScope(String token, int revoke, int read) {
		String[] as = { "Authorization", "Bearer " + AdminTokens.token(token), "Content-Type", "application/json" };
		assertThat(Http.post(this.server.uri(PATH), "{\"targets\":[{\"clientId\":\"x\"}]}", as).statusCode())
			.isEqualTo(revoke);
		assertThat(Http
			.get(this.server.uri(PATH + "/" + "0".repeat(32)), "Authorization", "Bearer " + AdminTokens.token(token))
			.statusCode()).isEqualTo(read);
	}

	@Test
	void revokeWhenThereAreTwoKeysOfTheCallThenNothingIsSent() {
		Answers.assertProblem(
				post(PATH, "{'targets':[{'clientId':'a'}]}", "Idempotency-Key", "k-1", "Idempotency-Key", "k-2"), 400,
				"invalid-request");
		assertThat(this.ably.revocations()).isEmpty();
	}

	/** Such a token is reached by its revocation key alone. */
	@Test
	void revokeWhenTokensMayBeForAnyClientIdThenTheAnswerSaysThatThoseLiveOn() {
		String policy = "client-id: '{user.id}'\nrules: [{name: r, wildcard-client-id: true, grant: [{channel: a,"
				+ " operations: publish}]}]";
		try (TestServer wild = TestServer.startWith(policy,
				AdminTokens.settings("ably-auth.keys[0].revocable-tokens=true",
						"ably-auth.ably.rest-url=http://127.0.0.1:" + this.ably.port()))) {
			HttpResponse<String> answer = post(wild, PATH, "{'targets':[{'userId':'ann'}]}");
			JsonNode targets = JSON.readTree(answer.body()).get("targets");
			assertThat(targets.valueStream().map((it) -> it.get("state").asString())).containsExactly("revoked",
					"nothing-to-revoke");
			assertThat(targets.at("/1/livesUntil").asString()).isNotEmpty();
			assertThat(targets.at("/1/message").asString()).contains("revocation key");
		}
	}

	@Test
	void revokeWhenTheKeyIsNotRevocableThenTheAnswerSaysWhy() {
		try (TestServer plain = TestServer.start(AdminTokens.settings())) {
			JsonNode target = JSON.readTree(post(plain, PATH, "{'targets':[{'userId':'ann'}]}").body())
				.at("/targets/0");
			assertThat(target.get("state").asString()).isEqualTo("not-revoked");
			assertThat(target.get("message").asString()).contains("keys[].revocable-tokens");
		}
	}

	@Test
	void listThenTheNewestFirstPageByPage() {
		String[] ids = new String[3];
		for (int i = 0; i < ids.length; i++) {
			ids[i] = JSON.readTree(post(PATH, "{'targets':[{'clientId':'a'},{'clientId':'b'}]}").body())
				.get("id")
				.asString();
		}
		JsonNode first = JSON.readTree(get(PATH + "?limit=2").body());
		JsonNode last = JSON.readTree(get(PATH + "?limit=2&after=" + first.get("next").asString()).body());
		assertThat(first.at("/revocations/0/id").asString()).isEqualTo(ids[2]);
		assertThat(first.at("/revocations/0/author").asString()).startsWith("token:");
		assertThat(last.at("/revocations/0/id").asString()).isEqualTo(ids[0]);
		assertThat(first.at("/revocations/0/entries").asInt()).isEqualTo(2);
		assertThat(first.at("/revocations/0/waiting").asInt()).isZero();
		assertThat(last.get("revocations").size()).isEqualTo(1);
		assertThat(last.has("next")).isFalse();
		for (String query : new String[] { "limit=0", "limit=101", "after=x", "after=" + "0".repeat(32), "x=1",
				"limit=1&limit=2" }) {
			Answers.assertProblem(get(PATH + "?" + query), 400, "invalid-request");
		}
		assertThat(
				Http.get(this.server.uri(PATH), "Authorization", "Bearer " + AdminTokens.token("revoke")).statusCode())
			.isEqualTo(403);
	}

	@Test
	void findWhenUnknownThen404() {
		for (String id : new String[] { "0".repeat(32), "nonsense", "..", "%00" }) {
			assertThat(get(PATH + "/" + id).statusCode()).isIn(400, 404);
		}
	}

	private HttpResponse<String> post(String path, String body, String... headers) {
		return post(this.server, path, body, headers);
	}

	private static HttpResponse<String> post(TestServer server, String path, String body, String... headers) {
		String[] all = new String[headers.length + 4];
		all[0] = "Authorization";
		all[1] = "Bearer " + AdminTokens.ALL;
		all[2] = "Content-Type";
		all[3] = "application/json";
		System.arraycopy(headers, 0, all, 4, headers.length);
		return Http.post(server.uri(path), body.replace('\'', '"'), all);
	}

	private HttpResponse<String> get(String path) {
		return get(this.server, path);
	}

	private static HttpResponse<String> get(TestServer server, String path) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + AdminTokens.ALL);
	}

}
