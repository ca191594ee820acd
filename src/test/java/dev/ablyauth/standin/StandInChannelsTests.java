package dev.ablyauth.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Modes, presence, occupancy and REST of the stand-in, without any SDK.
 */
class StandInChannelsTests {

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

	@ParameterizedTest
	@CsvSource({ "allowed, 0, 983040", "allowed::$chat, 0, 983040", "allowed, 131072, 131072",
			"allowed, 4325376, 131072", "read, 0, 786432", "read, 131072, 0" })
	void attachWhenModesRequestedThenThoseThatAreGranted(String channel, int requested, int granted) {
		RawClient client = connect();
		client.send("{\"action\":10,\"channel\":\"" + channel + "\",\"flags\":" + requested + "}");
		assertThat(client.next(Wire.ATTACHED).path("flags").asInt()).isEqualTo(granted);
	}

	@Test
	void presenceWhenEnteredThenInTheSyncOfThoseWhoComeLaterUntilItLeaves() {
		RawClient first = connect();
		first.send("{\"action\":10,\"channel\":\"allowed\"}");
		first.send("{\"action\":14,\"channel\":\"allowed\",\"presence\":[{\"action\":2,\"data\":\"x\"}]}");
		first.next(Wire.ACK);
		RawClient second = connect();
		second.send("{\"action\":10,\"channel\":\"allowed\"}");
		assertThat(second.next(Wire.ATTACHED).path("flags").asInt() & Wire.HAS_PRESENCE).isOne();
		JsonNode member = second.next(Wire.SYNC).path("presence").path(0);
		assertThat(member.path("clientId").asString()).isEqualTo("user-123");
		assertThat(member.path("data").asString()).isEqualTo("x");
		first.send("{\"action\":7}");
		assertThat(second.next(Wire.PRESENCE).path("presence").path(0).path("action").asInt()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource({ "subscribe, 9", "channel-metadata, 11" })
	void occupancyWhenChannelMetadataNotGrantedThenAttachRefused(String operation, int answer) {
		RawClient client = connect("{\"c\":[\"" + operation + "\"]}");
		client.send("{\"action\":10,\"channel\":\"c\",\"params\":{\"occupancy\":\"metrics\"}}");
		assertThat(client.next(answer).path("channel").asString()).isEqualTo("c");
	}

	@Test
	void occupancyWhenAnotherAttachesThenTold() {
		RawClient client = connect("{\"c\":[\"subscribe\",\"channel-metadata\"]}");
		client.send("{\"action\":10,\"channel\":\"c\",\"params\":{\"occupancy\":\"metrics\"}}");
		assertThat(metrics(client).path("connections").asInt()).isEqualTo(1);
		connect("{\"c\":[\"publish\"]}").send("{\"action\":10,\"channel\":\"c\"}");
		assertThat(metrics(client).path("connections").asInt()).isEqualTo(2);
	}

	private static JsonNode metrics(RawClient client) {
		return client.next(Wire.MESSAGE).path("messages").path(0).path("data").path("metrics");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			GET | /channels/c/messages | {"c":["history"]} | 200 | 0
			GET | /channels/c::$space/presence/history | {"c":["history"]} | 200 | 0
			GET | /channels/c/messages | {"c":["publish"]} | 401 | 40160
			GET | /channels/c/unknown | {"c":["*"]} | 404 | 40400
			POST | /chat/v4/rooms/c/messages | {"c":["publish"]} | 201 | 0
			POST | /chat/v4/rooms/c/messages | {"c":["subscribe"]} | 401 | 40160
			POST | /chat/v4/rooms/d/messages | {"c":["*"]} | 401 | 40160
			POST | /chat/v3/rooms/c/messages | {"c":["*"]} | 404 | 40400
			PUT | /chat/v4/rooms/c/messages/none | {"c":["*"]} | 404 | 40400
			GET | /chat/v4/rooms/c/occupancy | {"c":["subscribe","channel-metadata"]} | 200 | 0
			""")
	void restWhenCalledThenByTheCapability(String method, String path, String capability, int status, int code)
			throws Exception {
		assertAnswer(call(method, path, bearer(capability)), status, code);
	}

	@ParameterizedTest
	@CsvSource({ "Basic abc, 401, 40101", "Bearer abc, 401, 40143", "Bearer !, 400, 40005" })
	void restWhenTokenWrongThenRefused(String authorization, int status, int code) throws Exception {
		assertAnswer(call("GET", "/channels/c/messages", authorization), status, code);
	}

	@Test
	void chatWhenAnonymousThenRefused() throws Exception {
		this.auth.signFor(null);
		assertAnswer(call("POST", "/chat/v4/rooms/c/messages", bearer("{\"c\":[\"*\"]}")), 401, 40161);
	}

	private RawClient connect() {
		return new RawClient(this.http, this.ably.address(), this.auth.jwt(), "");
	}

	private RawClient connect(String capability) {
		return new RawClient(this.http, this.ably.address(), jwt(capability), "");
	}

	private String jwt(String capability) {
		return this.auth.jwt(Json.object().put("x-ably-capability", capability));
	}

	private String bearer(String capability) {
		return "Bearer " + Base64.getEncoder().encodeToString(jwt(capability).getBytes(StandardCharsets.UTF_8));
	}

	private HttpResponse<String> call(String method, String path, String authorization)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + this.ably.port() + path);
		String body = method.equals("GET") ? "" : "{\"text\":\"hello\"}";
		return this.http.send(HttpRequest.newBuilder(uri)
			.header("Authorization", authorization)
			.method(method, BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	private static void assertAnswer(HttpResponse<String> answer, int status, int code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(Json.MAPPER.readTree(answer.body()).path("error").path("code").asInt(0)).isEqualTo(code);
	}

}
