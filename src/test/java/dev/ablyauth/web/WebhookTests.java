package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the app's webhook does, and what it does not, over HTTP. Ably is the stand-in.
 */
class WebhookTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String BODY = "{\"type\":\"session.ended\",\"timestamp\":\"2026-01-01T00:00:00Z\","
			+ "\"data\":{\"sessionId\":\"%s\",\"userId\":\"idp-%s\"}}";

	private static AblyStandIn ably;

	private static LogoutServer app;

	@BeforeAll
	static void start() {
		ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable());
		app = LogoutServer.start("ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.ably.rest-url=http://127.0.0.1:" + ably.port());
	}

	@AfterAll
	static void stop() {
		app.close();
		ably.close();
	}

	@Test
	void callThenThisSessionIsDeniedAndTheClientIdIsRevokedWithAMargin() {
		assertThat(app.status(app.session("ann", "w-1"))).isEqualTo(200);
		try (LogLines audit = new LogLines("audit")) {
			JsonNode answer = ended(app.sendWebhook("msg_1", BODY.formatted("w-1", "ann")));
			assertThat(answer.at("/target").toString()).isEqualTo("{\"sessionId\":\"w-1\"}");
			assertThat(answer.get("author").asString()).isEqualTo("webhook");
			assertThat(answer.at("/revocation/allowReauthMargin").asBoolean()).isTrue();
			assertThat(answer.at("/revocation/targets/0/target").toString()).isEqualTo("{\"userId\":\"idp-ann\"}");
			assertThat(audit.of(Level.INFO)).singleElement()
				.asString()
				.startsWith("decision=accepted caller=webhook path=/logout/webhook user=idp-ann denial="
						+ answer.get("id").asString() + " target=sessionId:w-1 revocation=");
		}
		assertThat(app.status(app.session("ann", "w-1"))).isEqualTo(403);
		assertThat(app.status(app.session("ann", "w-2"))).isEqualTo(200);
		ably.awaitRevocations(1);
		assertThat(ably.revocations().get(0).targets()).containsExactly("clientId:idp-ann");
		assertThat(ably.revocations().get(0).allowReauthMargin()).isTrue();
	}

	@Test
	void callWhenNoUserThenTheDenialStandsAloneAndTheAnswerSaysSo() {
		JsonNode answer = ended(
				app.sendWebhook("msg_2", "{\"type\":\"session.ended\",\"data\":{\"sessionId\":\"w-3\"}}"));
		assertThat(answer.at("/revocation/state").asString()).isEqualTo("not-requested");
		assertThat(app.status(app.session("bob", "w-3"))).isEqualTo(403);
		assertThat(app.status(app.session("bob", "w-33"))).isEqualTo(200);
	}

	@Test
	void callWhenItComesAgainThen409AndNothingChanges() {
		ended(app.sendWebhook("msg_3", BODY.formatted("w-4", "cid")));
		int before = app.denials().size();
		Answers.assertProblem(app.sendWebhook("msg_3", BODY.formatted("w-4", "cid")), 409, "logout-repeated");
		Answers.assertProblem(app.sendWebhook("msg_3", BODY.formatted("w-5", "cid")), 409, "logout-repeated");
		app.assertNothingChanged(before);
		assertThat(app.status(app.session("cid", "w-5"))).isEqualTo(200);
	}

	/** A webhook and a logout token never take each other for a repetition. */
	@Test
	void callWhenALogoutTokenHasTheSameIdThenBothAreDone() {
		ended(app.sendWebhook("same", BODY.formatted("w-6", "ann")));
		assertThat(app.sendToken(app.logoutToken("same").claim("sid", "w-7").token()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "next alone", "wrong before", "other version before", "at the end of the tolerance" })
	void callWhenOneSignatureIsGoodThenDone(String which) {
		String id = "msg_" + which.replace(' ', '-');
		String body = BODY.formatted("w-8", "dora");
		String time = LogoutServer.now(which.startsWith("at") ? -290 : 0);
		String good = LogoutServer.sign(LogoutServer.NEXT_SECRET, id, time, body);
		ended(post(body, id, time, switch (which) {
			case "wrong before" -> "v1,AAAA " + good;
			case "other version before" -> "v1a,AAAA v2," + good.substring(3) + " " + good;
			default -> good;
		}));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "another secret | has no v1 signature", "nothing | has no v1 signature",
					"no base64 | has no v1 signature", "another version | has no v1 signature",
					"no version | has no v1 signature", "without the time | has no v1 signature",
					"of another id | has no v1 signature", "of another time | has no v1 signature",
					"of another body | has no v1 signature", "cut | has no v1 signature",
					"the secret as text | has no v1 signature", "with a comma between | has no v1 signature" })
	void callWhenTheSignatureIsWrongThen400AndNothingChanges(String which, String message) {
		int before = app.denials().size();
		String body = BODY.formatted("f-1", "eve");
		String time = LogoutServer.now(0);
		byte[] secret = LogoutServer.SECRET;
		String good = LogoutServer.sign(secret, "f", time, body);
		HttpResponse<String> answer = post(body, "f", time, switch (which) {
			case "another secret" ->
				LogoutServer.sign("x".repeat(32).getBytes(StandardCharsets.US_ASCII), "f", time, body);
			case "no base64" -> "v1,%%%";
			case "another version" -> "v1a," + good.substring(3);
			case "no version" -> good.substring(3);
			case "without the time" -> LogoutServer.sign(secret, "f", "", body);
			case "of another id" -> LogoutServer.sign(secret, "g", time, body);
			case "of another time" -> LogoutServer.sign(secret, "f", LogoutServer.now(-1), body);
			case "of another body" -> LogoutServer.sign(secret, "f", time, BODY.formatted("f-2", "eve"));
			case "cut" -> good.substring(0, 20);
			case "the secret as text" ->
				LogoutServer.sign(LogoutServer.secret(secret).getBytes(StandardCharsets.US_ASCII), "f", time, body);
			case "with a comma between" -> "v1,AAAA," + good;
			default -> "";
		});
		assertThat(Answers.assertProblem(answer, 400, "invalid-logout")).contains(message);
		app.assertNothingChanged(before);
	}

	@ParameterizedTest
	@CsvSource({ "-310", "310", "-86400", "2000000000" })
	void callWhenTheTimeIsFarFromNowThen400AndNothingChanges(int seconds) {
		assertRefused("t", LogoutServer.now(seconds), BODY.formatted("t-1", "eve"), "webhook-timestamp: is more");
	}

	@ParameterizedTest
	@ValueSource(strings = { "now", "1e9", "-1", "+1", "1.5", "0x7f", "2026-01-01T00:00:00Z", "9999999999999" })
	void callWhenTheTimeIsNoneThen400(String time) {
		assertRefused("t", time, BODY.formatted("t-1", "eve"), "webhook-timestamp: must be seconds");
	}

	@Test
	void callWhenTheIdIsNoneThen400() {
		assertRefused("a b", LogoutServer.now(0), BODY.formatted("t-1", "eve"), "webhook-id: must be 1 to 255");
		assertRefused("x".repeat(256), LogoutServer.now(0), BODY.formatted("t-1", "eve"), "webhook-id: must be 1 to");
	}

	@ParameterizedTest
	@ValueSource(strings = { "webhook-id", "webhook-timestamp", "webhook-signature" })
	void callWhenAHeaderIsMissingOrTwiceThen400(String name) {
		String body = BODY.formatted("h-1", "eve");
		Map<String, String> headers = headers(body, "h", LogoutServer.now(0));
		List<String> twice = new ArrayList<>(pairs(headers));
		twice.addAll(List.of(name, headers.get(name)));
		Map<String, String> without = new LinkedHashMap<>(headers);
		without.remove(name);
		int before = app.denials().size();
		for (List<String> sent : List.of(twice, pairs(without))) {
			HttpResponse<String> answer = Http.post(app.server().uri(LogoutServer.WEBHOOK), body,
					sent.toArray(String[]::new));
			assertThat(Answers.assertProblem(answer, 400, "invalid-logout")).isEqualTo(name + ": must be there once.");
		}
		app.assertNothingChanged(before);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '^', value = { "^^ | is not valid JSON", "x | is not valid JSON",
			"[] | must be a JSON object", "{} | type: must be a text",
			"{'type':'user.deleted','data':{'sessionId':'b-1'}} | type: is not one that is answered here",
			"{'type':7,'data':{'sessionId':'b-1'}} | type: must be a text",
			"{'type':'session.ended'} | data: must be an object",
			"{'type':'session.ended','data':[]} | data: must be an object",
			"{'type':'session.ended','data':{}} | sessionId: must be a text",
			"{'type':'session.ended','data':{'sessionId':7}} | sessionId: must be a text",
			"{'type':'session.ended','data':{'sessionId':''}} | sessionId: must have 1 to 512",
			"{'type':'session.ended','data':{'sessionId':'b-1','userId':null}} | userId: must be a text",
			"{'type':'session.ended','data':{'sessionId':'b-1','userId':''}} | userId: must have 1 to 512",
			"{'type':'session.ended','data':{'sessionId':'b-1','user':'x'}} | data has a member that nobody reads",
			"{'type':'session.ended','data':{'sessionId':'b-1'},'x':1} | The body has a member that nobody reads",
			"{'type':'session.ended','data':{'sessionId':'b-1','sessionId':'b-2'}} | is not valid JSON",
			"{'type':'session.ended','data':{'sessionId':'b-1'}} x | is not valid JSON" })
	void callWhenTheBodyIsWrongThen400AndNothingChanges(String body, String message) {
		int before = app.denials().size();
		HttpResponse<String> answer = app.sendWebhook("msg_b", body.replace('\'', '"'));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
		assertThat(Answers.assertProblem(answer, 400,
				answer.body().contains("invalid-logout") ? "invalid-logout" : "invalid-request"))
			.contains(message);
		app.assertNothingChanged(before);
	}

	@Test
	void callWhenTheBodyIsTooLargeOrNoJsonTypeThenRefused() {
		int before = app.denials().size();
		Answers.assertProblem(app.sendWebhook("msg_l", BODY.formatted("l".repeat(16 * 1024), "eve")), 413,
				"body-too-large");
		String body = BODY.formatted("l-1", "eve");
		Map<String, String> headers = new LinkedHashMap<>(headers(body, "l", LogoutServer.now(0)));
		headers.put("Content-Type", "text/plain");
		Answers.assertProblem(
				Http.post(app.server().uri(LogoutServer.WEBHOOK), body, pairs(headers).toArray(String[]::new)), 400,
				"invalid-request");
		app.assertNothingChanged(before);
	}

	private static void assertRefused(String id, String time, String body, String message) {
		int before = app.denials().size();
		HttpResponse<String> answer = post(body, id, time, LogoutServer.sign(LogoutServer.SECRET, id, time, body));
		assertThat(Answers.assertProblem(answer, 400, "invalid-logout")).contains(message);
		app.assertNothingChanged(before);
	}

	private static JsonNode ended(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		Answers.assertCommonHeaders(answer);
		Answers.assertNotForPages(answer);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
		return JSON.readTree(answer.body());
	}

	private static HttpResponse<String> post(String body, String id, String time, String signature) {
		return Http.post(app.server().uri(LogoutServer.WEBHOOK), body, "Content-Type", "application/json", "webhook-id",
				id, "webhook-timestamp", time, "webhook-signature", signature);
	}

	private static Map<String, String> headers(String body, String id, String time) {
		return Map.of("Content-Type", "application/json", "webhook-id", id, "webhook-timestamp", time,
				"webhook-signature", LogoutServer.sign(LogoutServer.SECRET, id, time, body));
	}

	private static List<String> pairs(Map<String, String> headers) {
		List<String> pairs = new ArrayList<>();
		headers.forEach((name, value) -> pairs.addAll(List.of(name, value)));
		return pairs;
	}

}
