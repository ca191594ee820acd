package dev.ablyauth.standin;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the stand-in answers to revokeTokens, without any SDK.
 */
class RevokeTokensTests {

	private static final String KEY_NAME = "xVLyHw.mDYnFA";

	private static final String KEY_SECRET = "short-secret-16c";

	private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.500Z");

	private final StandInSettings settings = StandInSettings.revocable().on(Clock.fixed(NOW, ZoneOffset.UTC));

	private final AblyStandIn ably = start(this.settings);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final RawRevoker revoker = revoker(this.ably);

	@AfterEach
	void stop() {
		this.ably.close();
	}

	private static AblyStandIn start(StandInSettings settings) {
		return AblyStandIn.start(KEY_NAME, KEY_SECRET, "{\"*\":[\"*\"]}", settings);
	}

	private RawRevoker revoker(AblyStandIn at) {
		return RawRevoker.of(this.http, at.port(), KEY_NAME, KEY_SECRET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3", "4", "6" })
	void revokeWhenVersionIsThreeOrHigherThenAnObject(String version) {
		assertAnswer(this.revoker.version(version).revoke("clientId:ann", "revocationKey:a:b"), 201, """
				{"successCount":2,"failureCount":0,"results":[
				{"target":"clientId:ann","issuedBefore":1767268800500,"appliesAt":1767268800500},
				{"target":"revocationKey:a:b","issuedBefore":1767268800500,"appliesAt":1767268800500}]}""");
		assertThat(this.ably.revocations()).containsExactly(new RevokeCall(List.of("clientId:ann", "revocationKey:a:b"),
				NOW.toEpochMilli(), false, Integer.parseInt(version)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "fly:ann", "ann", ":ann", "clientid:ann", "clientId:", "" })
	void revokeWhenATargetIsWrongThenThisOneFails(String target) {
		HttpResponse<String> answer = this.revoker.revoke("clientId:ann", target);
		assertThat(answer.statusCode()).isEqualTo(201);
		JsonNode body = Json.MAPPER.readTree(answer.body());
		assertThat(body.path("successCount").asInt()).isEqualTo(1);
		assertThat(body.path("failureCount").asInt()).isEqualTo(1);
		assertThat(body.path("results").path(1).path("target").asString()).isEqualTo(target);
		assertThat(body.path("results").path(1).path("error").path("code").asInt()).isEqualTo(40000);
		assertThat(body.path("results").path(1).path("error").path("statusCode").asInt()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "1", "2", "," })
	void revokeWhenVersionIsOlderThenAListAndPartialFailureIsAnError(String version) {
		RawRevoker old = this.revoker.version(version);
		assertAnswer(old.revoke("clientId:ann"), 201, """
				[{"target":"clientId:ann","issuedBefore":1767268800500,"appliesAt":1767268800500}]""");
		HttpResponse<String> partly = old.revoke("clientId:ann", "fly:ann");
		assertThat(partly.statusCode()).isEqualTo(400);
		JsonNode body = Json.MAPPER.readTree(partly.body());
		assertThat(body.path("error").path("code").asInt()).isEqualTo(40020);
		assertThat(body.path("batchResponse").path(0).path("target").asString()).isEqualTo("clientId:ann");
		assertThat(body.path("batchResponse").path(1).path("error").path("code").asInt()).isEqualTo(40000);
	}

	@Test
	void revokeWhenByChannelThenOnlyWhereItIsEnabled() {
		assertThat(this.revoker.revoke("channel:a:*").body()).contains("\"code\":40121");
		try (AblyStandIn enabled = start(this.settings.byChannelToo())) {
			assertThat(revoker(enabled).revoke("channel:a:*").body()).contains("\"successCount\":1");
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 201", "-1, 201", "-3600000, 201", "1, 400", "-3600001, 400" })
	void revokeWhenIssuedBeforeThenNotInTheFutureNorMoreThanAnHourAgo(long off, int status) {
		HttpResponse<String> answer = this.revoker.revoke(Json.object().put("issuedBefore", NOW.toEpochMilli() + off),
				"clientId:ann");
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode").orElse("40003")).isEqualTo("40003");
	}

	@Test
	void revokeWhenAMarginIsAllowedThenItAppliesAfterThirtySeconds() {
		assertThat(this.revoker.revoke(Json.object().put("allowReauthMargin", true), "clientId:ann").body())
			.contains("\"issuedBefore\":1767268800500", "\"appliesAt\":1767268830500");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{} | 40000
			[] | 40001
			{"targets":[]} | 40000
			{"targets":"clientId:ann"} | 40000
			{"targets":[7]} | 40000
			{"targets":["clientId:a"],"issuedBefore":"1767268800500"} | 40003
			{"targets":["clientId:a"],"issuedBefore":1767268800.5} | 40003
			{"targets":["clientId:a"],"allowReauthMargin":"true"} | 40003
			{"targets":["clientId:a"] | 40001
			""")
	void revokeWhenTheBodyIsWrongThenRefused(String body, int code) {
		assertRefused(this.revoker.send("application/json", body), code, 400);
		assertThat(this.ably.revocations()).isEmpty();
	}

	@Test
	void revokeWhenMoreThanAHundredTargetsThenRefused() {
		assertThat(this.revoker.revoke(clientIds(100)).statusCode()).isEqualTo(201);
		assertRefused(this.revoker.revoke(clientIds(101)), 40000, 400);
	}

	private static String[] clientIds(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "clientId:" + i).toArray(String[]::new);
	}

	@Test
	void revokeWhenTheBodyIsNotJsonThenRefused() {
		assertRefused(this.revoker.send("text/plain", "{\"targets\":[\"clientId:a\"]}"), 40001, 400);
	}

	@Test
	void revokeWhenTheCredentialsAreNotTheKeysThenRefused() {
		assertRefused(this.revoker.authorization(null).revoke("clientId:a"), 40101, 401);
		assertRefused(this.revoker.authorization("Basic !").revoke("clientId:a"), 40005, 400);
		assertRefused(this.revoker.authorization("Bearer eA==").revoke("clientId:a"), 40162, 401);
		assertRefused(this.revoker.authorization(RawRevoker.basic(KEY_NAME + ":wrong")).revoke("clientId:a"), 40101,
				401);
		assertRefused(this.revoker.authorization(RawRevoker.basic("xVLyHw.other1:x")).revoke("clientId:a"), 40400, 401);
		assertRefused(this.revoker.keyName("xVLyHw.other1").revoke("clientId:a"), 40133, 401);
	}

	@Test
	void revokeWhenTheKeyHasNoRevocableTokensThenRefused() {
		try (AblyStandIn other = start(StandInSettings.notRevocable())) {
			assertRefused(revoker(other).revoke("clientId:a"), 40163, 401);
		}
	}

	@Test
	void revokeWhenTheLimitIsReachedThenRefused() {
		this.ably.revocationFaults().limit(1);
		assertThat(this.revoker.revoke("clientId:a").statusCode()).isEqualTo(201);
		assertRefused(this.revoker.revoke("clientId:a"), 42910, 429);
		assertThat(this.ably.revocations()).hasSize(1);
	}

	@Test
	void revokeWhenATestWantsFaultsThenOneForEachCall() {
		this.ably.revocationFaults().answer(503);
		this.ably.revocationFaults().loseAnswer();
		this.ably.revocationFaults().slow(Duration.ofMillis(300));
		assertRefused(this.revoker.revoke("clientId:a"), 50300, 503);
		assertThat(this.ably.revocations()).isEmpty();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> this.revoker.revoke("clientId:b"));
		assertThat(this.ably.revocations()).hasSize(1);
		long start = System.nanoTime();
		assertThat(this.revoker.revoke("clientId:c").statusCode()).isEqualTo(201);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	private static void assertAnswer(HttpResponse<String> answer, int status, String json) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(Json.MAPPER.readTree(answer.body())).isEqualTo(Json.MAPPER.readTree(json));
	}

	private static void assertRefused(HttpResponse<String> answer, int code, int status) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(Json.MAPPER.readTree(answer.body()).path("error").path("code").asInt()).isEqualTo(code);
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode")).hasValue(Integer.toString(code));
	}

}
