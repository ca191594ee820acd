package dev.ablyauth.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a revocation does in the stand-in to tokens and connections, without any SDK.
 */
class RevocationEffectTests {

	private static final String KEY_NAME = "xVLyHw.mDYnFA";

	private static final String KEY_SECRET = "short-secret-16c";

	private static final Duration MARGIN = Duration.ofMillis(700);

	private final AblyStandIn ably = AblyStandIn.start(KEY_NAME, KEY_SECRET, "{\"*\":[\"*\"]}",
			StandInSettings.revocable().byChannelToo().margin(MARGIN));

	private final DemoAuthServer auth = new DemoAuthServer(KEY_NAME, KEY_SECRET);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final RawRevoker revoker = RawRevoker.of(this.http, this.ably.port(), KEY_NAME, KEY_SECRET);

	@AfterEach
	void stop() {
		this.auth.close();
		this.ably.close();
	}

	private RawClient connect(String token) {
		return new RawClient(this.http, this.ably.address(), token, "");
	}

	private static int code(JsonNode message) {
		return message.path("error").path("code").asInt();
	}

	@ParameterizedTest
	@ValueSource(strings = { "clientId:user-123", "revocationKey:team:red", "channel:allowed" })
	void revokeWhenAnOpenConnectionIsMeantThenItIsDisconnected(String target) throws Exception {
		String token = this.auth.jwt(Json.object().put("x-ably-revocation-key", "team:red"));
		RawClient client = connect(token);
		client.next(Wire.CONNECTED);
		this.revoker.revoke(target);
		assertThat(code(client.next(Wire.DISCONNECTED))).isEqualTo(40141);
		this.ably.awaitConnections(0);
		assertThat(code(connect(token).next(Wire.ERROR))).isEqualTo(40141);
		assertThat(history(token).body()).contains("\"code\":40141", "\"statusCode\":401");
		assertThat(history(token).statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "clientId:user-1234", "clientId:*", "clientId:User-123", "revocationKey:user-123",
			"channel:allowed:*", "channel:*" })
	void revokeWhenAnotherIsMeantThenNothingHappens(String target) {
		RawClient client = connect(this.auth.jwt());
		client.next(Wire.CONNECTED);
		assertThat(this.revoker.revoke(target).body()).contains("\"successCount\":1");
		client.send("{\"action\":0,\"id\":\"still there\"}");
		assertThat(client.next().path("id").asString()).isEqualTo("still there");
		assertThat(connect(this.auth.jwt()).next().path("action").asInt()).isEqualTo(Wire.CONNECTED);
	}

	@ParameterizedTest
	@CsvSource({ "-1, true", "0, false", "1, false" })
	void revokeWhenIssuedInThatSecondThenOnlyWhatIsOlder(int off, boolean revoked) {
		long second = Instant.now().getEpochSecond() - 30;
		this.revoker.revoke(Json.object().put("issuedBefore", second * 1000), "clientId:user-123");
		String token = this.auth.jwt(Json.object().put("iat", second + off));
		assertThat(connect(token).next().path("action").asInt()).isEqualTo(revoked ? Wire.ERROR : Wire.CONNECTED);
	}

	@Test
	void revokeWhenAnonymousOrWildcardThenByRevocationKeyOnly() {
		this.auth.signFor("*");
		String wildcard = this.auth.jwt(Json.object().put("x-ably-revocation-key", "all"));
		this.revoker.revoke("clientId:*");
		assertThat(connect(wildcard).next().path("action").asInt()).isEqualTo(Wire.CONNECTED);
		this.revoker.revoke("revocationKey:all");
		assertThat(code(connect(wildcard).next())).isEqualTo(40141);
	}

	@Test
	void authWhenTheTokenIsRevokedThenErrorMessage() {
		this.revoker.revoke(Json.object().put("issuedBefore", (Instant.now().getEpochSecond() - 60) * 1000),
				"clientId:user-123");
		RawClient client = connect(this.auth.jwt());
		client.next(Wire.CONNECTED);
		String old = this.auth.jwt(Json.object().put("iat", Instant.now().getEpochSecond() - 100));
		client.send("{\"action\":17,\"auth\":{\"accessToken\":\"" + old + "\"}}");
		assertThat(code(client.next(Wire.ERROR))).isEqualTo(40141);
	}

	@Test
	void revokeWhenAMarginIsAllowedThenAHintFirstAndWhoRenewsStays() {
		RawClient renews = connect(this.auth.jwt());
		RawClient sleeps = connect(this.auth.jwt());
		renews.next(Wire.CONNECTED);
		sleeps.next(Wire.CONNECTED);
		revokeWithMargin();
		renews.next(Wire.AUTH);
		sleeps.next(Wire.AUTH);
		assertThat(connect(this.auth.jwt()).next().path("action").asInt()).isEqualTo(Wire.CONNECTED);
		ObjectNode now = Json.object().put("iat", Instant.now().getEpochSecond());
		renews.send("{\"action\":17,\"auth\":{\"accessToken\":\"" + this.auth.jwt(now) + "\"}}");
		renews.next(Wire.CONNECTED);
		assertThat(code(sleeps.next(Wire.DISCONNECTED))).isEqualTo(40141);
		this.ably.awaitConnections(1);
		renews.send("{\"action\":0,\"id\":\"still there\"}");
		assertThat(renews.next().path("id").asString()).isEqualTo("still there");
	}

	private void revokeWithMargin() {
		ObjectNode body = Json.object()
			.put("allowReauthMargin", true)
			.put("issuedBefore", Instant.now().getEpochSecond() * 1000);
		assertThat(this.revoker.revoke(body, "clientId:user-123").statusCode()).isEqualTo(201);
	}

	@Test
	void revokeWhenAnAblyTokenThenByItsMilliseconds() throws Exception {
		JsonNode details = exchange(this.auth.tokenRequest());
		String token = details.path("token").asString();
		long issued = details.path("issued").asLong();
		this.revoker.revoke(Json.object().put("issuedBefore", issued), "clientId:user-123");
		assertThat(connect(token).next().path("action").asInt()).isEqualTo(Wire.CONNECTED);
		while (System.currentTimeMillis() <= issued) {
			Thread.onSpinWait();
		}
		this.revoker.revoke(Json.object().put("issuedBefore", issued + 1), "clientId:user-123");
		assertThat(code(connect(token).next())).isEqualTo(40141);
	}

	/**
	 * A TokenRequest that somebody keeps is good for two minutes, and its token is issued
	 * when it is redeemed.
	 */
	@Test
	void revokeWhenATokenRequestIsRedeemedAfterwardsThenItsTokenIsNotRevoked() throws Exception {
		String kept = this.auth.tokenRequest();
		this.revoker.revoke("clientId:user-123");
		String token = exchange(kept).path("token").asString();
		assertThat(connect(token).next().path("action").asInt()).isEqualTo(Wire.CONNECTED);
	}

	@Test
	void connectWhenTheKeyIsRevocableThenNotLongerThanAnHour() {
		long now = Instant.now().getEpochSecond() - 5;
		ObjectNode times = Json.object().put("iat", now).put("exp", now + 3601);
		assertThat(code(connect(this.auth.jwt(times)).next())).isEqualTo(40003);
		assertThat(connect(this.auth.jwt(times.put("exp", now + 3600))).next().path("action").asInt())
			.isEqualTo(Wire.CONNECTED);
	}

	private JsonNode exchange(String request) throws IOException, InterruptedException {
		HttpRequest post = HttpRequest.newBuilder(rest("/keys/" + KEY_NAME + "/requestToken"))
			.POST(HttpRequest.BodyPublishers.ofString(request))
			.build();
		return Json.MAPPER.readTree(this.http.send(post, BodyHandlers.ofString()).body());
	}

	private HttpResponse<String> history(String token) throws IOException, InterruptedException {
		String bearer = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
		return this.http.send(HttpRequest.newBuilder(rest("/channels/allowed/messages"))
			.header("Authorization", "Bearer " + bearer)
			.build(), BodyHandlers.ofString());
	}

	private URI rest(String path) {
		return URI.create("http://127.0.0.1:" + this.ably.port() + path);
	}

}
