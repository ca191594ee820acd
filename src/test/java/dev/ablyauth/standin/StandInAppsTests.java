package dev.ablyauth.standin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Apps that were made at the stand-in, as at Ably's sandbox.
 */
class StandInAppsTests {

	private final AblyStandIn ably = AblyStandIn.sandbox(StandInSettings.notRevocable());

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AfterEach
	void stop() {
		this.ably.close();
	}

	@Test
	void deleteWhenWithAKeyOfTheAppThenItAndNoOtherIsGone() throws Exception {
		JsonNode one = make();
		JsonNode two = make();
		assertThat(delete(one, two)).isEqualTo(401);
		assertThat(this.ably.apps()).containsExactly(id(one), id(two));
		assertThat(delete(one, one)).isEqualTo(204);
		assertThat(this.ably.apps()).containsExactly(id(two));
		assertThat(delete(one, one)).isEqualTo(404);
	}

	@Test
	void revokeThenTokensOfThatKeyAlone() throws Exception {
		JsonNode app = make();
		RawClient one = connect(app.at("/keys/0"));
		RawClient two = connect(app.at("/keys/1"));
		JsonNode key = app.at("/keys/0");
		RawRevoker revoker = RawRevoker.of(this.http, this.ably.port(), key.path("keyName").asString(),
				key.path("keySecret").asString());
		assertThat(revoker.revoke("clientId:user-123").statusCode()).isEqualTo(201);
		assertThat(one.next(Wire.DISCONNECTED).at("/error/code").asInt()).isEqualTo(40141);
		two.send("{\"action\":0,\"id\":\"still here\"}");
		assertThat(two.next().path("id").asString("")).isEqualTo("still here");
	}

	private RawClient connect(JsonNode key) {
		try (DemoAuthServer auth = new DemoAuthServer(key.path("keyName").asString(),
				key.path("keySecret").asString())) {
			RawClient client = new RawClient(this.http, this.ably.address(), auth.jwt(), "");
			client.next(Wire.CONNECTED);
			return client;
		}
	}

	private JsonNode make() throws Exception {
		HttpResponse<String> answer = send(HttpRequest.newBuilder(this.ably.address().rest("/apps"))
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"keys\":[{\"revocableTokens\":true},{\"revocableTokens\":true}],\"namespaces\":[]}")));
		assertThat(answer.statusCode()).isEqualTo(201);
		return Json.MAPPER.readTree(answer.body());
	}

	private int delete(JsonNode app, JsonNode owner) throws Exception {
		URI uri = this.ably.address().rest("/apps/" + id(app));
		String basic = RawRevoker.basic(owner.at("/keys/0/keyStr").asString());
		return send(HttpRequest.newBuilder(uri).header("Authorization", basic).DELETE()).statusCode();
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String id(JsonNode app) {
		return app.path("appId").asString();
	}

}
