package dev.ablyauth.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

/**
 * The stand-in over its port, without any SDK.
 */
class AblyStandInTests {

	private static final String KEY_NAME = "xVLyHw.mDYnFA";

	private static final String KEY_SECRET = "short-secret-16c";

	private final AblyStandIn ably = AblyStandIn.start(KEY_NAME, KEY_SECRET, "{\"*\":[\"*\"]}");

	private final DemoAuthServer auth = new DemoAuthServer(KEY_NAME, KEY_SECRET);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterEach
	void stop() {
		this.auth.close();
		this.ably.close();
	}

	@Test
	void timeWhenAskedThenMilliseconds() throws Exception {
		HttpResponse<String> answer = send(HttpRequest.newBuilder(rest("/time")).build());
		assertThat(Json.MAPPER.readTree(answer.body()).get(0).asLong()).isCloseTo(System.currentTimeMillis(),
				within(10_000L));
	}

	@Test
	void requestTokenWhenSignedThenTokenThatConnects() throws Exception {
		HttpResponse<String> answer = exchange(KEY_NAME, this.auth.tokenRequest());
		assertThat(answer.statusCode()).isEqualTo(201);
		JsonNode details = Json.MAPPER.readTree(answer.body());
		assertThat(details.path("capability").asString()).isEqualTo(DemoAuthServer.CAPABILITY);
		assertThat(details.path("expires").asLong() - details.path("issued").asLong()).isEqualTo(600_000);
		RawClient client = connect(details.path("token").asString(), "");
		assertThat(client.next().path("connectionDetails").path("clientId").asString()).isEqualTo("user-123");
	}

	@ParameterizedTest
	@CsvSource({ "xVLyHw.other1, 40400, 401", "other1.mDYnFA, 40400, 404" })
	void requestTokenWhenKeyUnknownThenRefused(String keyName, int code, int status) throws Exception {
		assertRefused(exchange(keyName, this.auth.tokenRequest()), code, status);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ttl | -1 | 40003 | 400
			ttl | "600000" | 40003 | 400
			ttl | 86400001 | 40003 | 400
			ttl | 600001 | 40101 | 401
			timestamp | "1" | 40000 | 400
			timestamp | 1 | 40101 | 401
			keyName | "a.b" | 40000 | 400
			clientId | 7 | 40012 | 400
			clientId | "else" | 40101 | 401
			capability | {} | 40000 | 400
			nonce | null | 40000 | 400
			""")
	void requestTokenWhenFieldChangedThenRefused(String field, String value, int code, int status) throws Exception {
		ObjectNode request = (ObjectNode) Json.MAPPER.readTree(this.auth.tokenRequest());
		request.set(field, Json.MAPPER.readTree(value));
		assertRefused(exchange(KEY_NAME, request.toString()), code, status);
	}

	@Test
	void requestTokenWhenRepeatedThenRefused() throws Exception {
		String request = this.auth.tokenRequest();
		exchange(KEY_NAME, request);
		assertRefused(exchange(KEY_NAME, request), 40105, 401);
	}

	@Test
	void connectWhenTokenWrongThenErrorMessage() {
		JsonNode message = connect(this.auth.jwt() + "A", "").next();
		assertThat(message.path("action").asInt()).isEqualTo(Wire.ERROR);
		assertThat(message.path("error").path("code").asInt()).isEqualTo(40144);
		assertThat(this.ably.refused()).extracting(Refusal::where, Refusal::code)
			.containsExactly(tuple("connect", 40144));
		assertThat(this.ably.connections()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "5500, true", "15000, false" })
	void connectWhenTokenIsLargeThenUpToTheHeaderLimitOnly(int padding, boolean fits) {
		String token = this.auth.jwt(Json.object().put("padding", "x".repeat(padding)));
		if (fits) {
			assertThat(connect(token, "").next().path("action").asInt()).isEqualTo(Wire.CONNECTED);
		}
		else {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> connect(token, ""));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			x-ably-revocation-key | "" | 40144
			x-ably-revocation-key | 7 | 40144
			x-ably-capability | "" | 40144
			x-ably-capability | "{}" | 40160
			x-ably-capability | "{a:['publish']}" | 40000
			x-ably-clientId | 7 | 40012
			exp | 99999999999 | 40003
			exp | 1 | 40142
			iat | "1" | 40144
			""")
	void connectWhenClaimWrongThenErrorMessage(String claim, String value, int code) {
		JsonNode message = connect(this.auth.jwt(Json.object().set(claim, Json.MAPPER.readTree(value))), "").next();
		assertThat(message.path("action").asInt()).isEqualTo(Wire.ERROR);
		assertThat(message.path("error").path("code").asInt()).isEqualTo(code);
	}

	@Test
	void connectWhenClientIdIsNotTheTokensThenErrorMessage() {
		assertThat(connect(this.auth.jwt(), "&clientId=bob").next().path("error").path("code").asInt())
			.isEqualTo(40102);
	}

	@Test
	void connectWhenTokenIsWildcardThenAnyClientId() {
		this.auth.signFor("*");
		assertThat(
				connect(this.auth.jwt(), "&clientId=bob").next().path("connectionDetails").path("clientId").asString())
			.isEqualTo("bob");
	}

	@ParameterizedTest
	@CsvSource({ "15, allowed, 1, 0", "15, read, 2, 40160", "14, allowed, 1, 0", "14, read, 2, 40160",
			"21, allowed, 2, 40160", "15, other, 2, 40160" })
	void publishWhenOperationGrantedThenAckElseNack(int action, String channel, int answer, int code) {
		RawClient client = connect(this.auth.jwt(), "");
		client.next();
		client.send("{\"action\":" + action + ",\"channel\":\"" + channel + "\",\"msgSerial\":3}");
		JsonNode message = client.next();
		assertThat(message.path("action").asInt()).isEqualTo(answer);
		assertThat(message.path("msgSerial").asInt()).isEqualTo(3);
		assertThat(message.path("error").path("code").asInt(0)).isEqualTo(code);
	}

	@Test
	void presenceWhenIdentityIsAnothersThenNack() {
		RawClient client = connect(this.auth.jwt(), "");
		client.next();
		client.send("{\"action\":14,\"channel\":\"allowed\",\"presence\":[{\"action\":2,\"clientId\":\"eve\"}]}");
		assertThat(client.next().path("error").path("code").asInt()).isEqualTo(40012);
	}

	@Test
	void presenceWhenAnonymousThenNack() {
		this.auth.signFor(null);
		RawClient client = connect(this.auth.jwt(), "");
		assertThat(client.next().path("connectionDetails").has("clientId")).isFalse();
		client.send("{\"action\":14,\"channel\":\"allowed\",\"presence\":[{\"action\":2}]}");
		assertThat(client.next().path("error").path("code").asInt()).isEqualTo(40161);
	}

	@Test
	void connectWhenAnonymousClaimsAClientIdThenErrorMessage() {
		this.auth.signFor(null);
		assertThat(connect(this.auth.jwt(), "&clientId=bob").next().path("error").path("code").asInt())
			.isEqualTo(40102);
	}

	private RawClient connect(String token, String query) {
		return new RawClient(this.http, this.ably.address(), token, query);
	}

	private HttpResponse<String> exchange(String keyName, String body) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(rest("/keys/" + keyName + "/requestToken"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build());
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return this.http.send(request, BodyHandlers.ofString());
	}

	private URI rest(String path) {
		return URI.create("http://127.0.0.1:" + this.ably.port() + path);
	}

	private void assertRefused(HttpResponse<String> answer, int code, int status) {
		assertThat(answer.statusCode()).isEqualTo(status);
		JsonNode error = Json.MAPPER.readTree(answer.body()).path("error");
		assertThat(error.path("code").asInt()).isEqualTo(code);
		assertThat(error.path("statusCode").asInt()).isEqualTo(status);
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode")).hasValue(Integer.toString(code));
	}

}
