package dev.ablyauth.standin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.ably.lib.realtime.ConnectionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The real ably-js and ably-java against the stand-in, with an auth endpoint of this test
 * only.
 */
class StandInDemoTests {

	private static final Duration SOON = Duration.ofSeconds(15);

	private static final String KEY_NAME = "xVLyHw.mDYnFA";

	private static final String KEY_SECRET = "vector-Secret_0123456789abcdefghijklmnopqrs";

	private static final Map<String, Integer> QUICK = Map.of("disconnectedRetryTimeout", 300);

	private final AblyStandIn ably = AblyStandIn.start(KEY_NAME, KEY_SECRET, "{\"*\":[\"*\"]}");

	private final DemoAuthServer auth = new DemoAuthServer(KEY_NAME, KEY_SECRET);

	@AfterEach
	void stop() {
		this.auth.close();
		this.ably.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/jwt", "/token-request" })
	void javaConnectWhenAuthUrlAnswersThenConnectedAsTheUser(String path) {
		try (AblyJavaClient client = AblyJavaClient.byAuthUrl(this.ably.port(), this.auth.url(path))) {
			client.awaitState(ConnectionState.connected, SOON);
			assertAcceptedAs(path);
			assertThat(client.clientId()).isEqualTo("user-123");
			client.awaitAttached("allowed");
			assertThat(client.attachError("forbidden").code).isEqualTo(40160);
			assertThat(client.publish("allowed", "n", "d")).isNull();
			assertThat(client.publish("read", "n", "d")).extracting("code").isEqualTo(40160);
		}
		this.ably.awaitConnections(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/jwt", "/token-request" })
	void javaConnectWhenCallbackAnswersThenConnectedAsTheUser(String path) {
		try (AblyJavaClient client = AblyJavaClient.byCallback(this.ably.port(), this.auth.url(path))) {
			client.awaitState(ConnectionState.connected, SOON);
			assertAcceptedAs(path);
			client.awaitAttached("allowed");
			assertThat(client.attachError("forbidden").code).isEqualTo(40160);
		}
	}

	@Test
	void javaRenewWhenAskedThenUpdateAndWhenExpiredThenConnectedAgain() {
		try (AblyJavaClient client = AblyJavaClient.byAuthUrl(this.ably.port(), this.auth.url("/jwt"))) {
			client.awaitState(ConnectionState.connected, SOON);
			this.ably.askForReauth();
			client.awaitUpdate(SOON);
			this.ably.awaitAccepted(2);
			client.awaitUpdate(SOON);
			assertThat(client.countUpdates()).isEqualTo(2);
			this.ably.expireAll();
			client.awaitState(ConnectionState.connected, SOON);
			assertThat(this.ably.accepted()).hasSize(3);
			assertThat(this.auth.requests()).isEqualTo(3);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 503 })
	void javaConnectWhenAuthFailsForNowThenRetriesUntilConnected(int status) {
		this.auth.answerWith(status);
		try (AblyJavaClient client = AblyJavaClient.byAuthUrl(this.ably.port(), this.auth.url("/jwt"), Map.of(),
				Map.of(), (options) -> options.disconnectedRetryTimeout = 300)) {
			client.awaitState(ConnectionState.disconnected, SOON);
			client.awaitState(ConnectionState.disconnected, SOON);
			this.auth.answerWith(200);
			client.awaitState(ConnectionState.connected, SOON);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void javaConnectWhenAuthForbidsThenFailed(boolean byUrl) {
		this.auth.answerWith(403);
		try (AblyJavaClient client = byUrl ? AblyJavaClient.byAuthUrl(this.ably.port(), this.auth.url("/jwt"))
				: AblyJavaClient.byCallback(this.ably.port(), this.auth.url("/jwt"))) {
			client.awaitState(ConnectionState.failed, SOON);
			assertThat(client.stateReason()).extracting("code", "statusCode").containsExactly(80019, 403);
		}
	}

	@Test
	void javaRenewWhenTheUserChangesThenFailedWith40102() {
		try (AblyJavaClient client = AblyJavaClient.byAuthUrl(this.ably.port(), this.auth.url("/jwt"))) {
			client.awaitState(ConnectionState.connected, SOON);
			this.auth.signFor("somebody-else");
			this.ably.askForReauth();
			client.awaitState(ConnectionState.failed, SOON);
			assertThat(this.ably.refused()).extracting(Refusal::where, Refusal::code)
				.containsExactly(tuple("auth", 40102));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/jwt", "/token-request" })
	void jsConnectWhenAuthUrlAnswersThenConnectedAsTheUser(String path) {
		try (AblyJsClient client = AblyJsClient.start(node())) {
			client.connectByAuthUrl(this.ably.port(), this.auth.url(path), Map.of());
			JsonNode connected = client.awaitState("connected", SOON);
			assertThat(connected.path("clientId").asString()).isEqualTo("user-123");
			assertAcceptedAs(path);
			client.awaitAttached("allowed");
			assertThat(client.attachErrorCode("forbidden")).isEqualTo(40160);
			client.publish("allowed", "greeting", "hello");
			client.awaitEvent("published");
			assertThat(client.awaitEvent("message").path("clientId").asString()).isEqualTo("user-123");
			client.publish("read", "n", "d");
			assertThat(client.awaitEvent("publishFailed").path("code").asInt()).isEqualTo(40160);
		}
		this.ably.awaitConnections(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/jwt", "/token-request" })
	void jsConnectWhenCallbackAnswersThenConnectedAsTheUser(String path) {
		try (AblyJsClient client = AblyJsClient.start(node())) {
			client.connectByCallback(this.ably.port(), this.auth.url(path), Map.of("X-Any", "1"), Map.of());
			client.awaitState("connected", SOON);
			assertAcceptedAs(path);
			client.awaitAttached("allowed");
			assertThat(client.attachErrorCode("forbidden")).isEqualTo(40160);
		}
	}

	@Test
	void jsRenewWhenAskedThenUpdateAndWhenExpiredThenConnectedAgain() {
		try (AblyJsClient client = AblyJsClient.start(node())) {
			client.connectByAuthUrl(this.ably.port(), this.auth.url("/jwt"), Map.of());
			client.awaitState("connected", SOON);
			this.ably.askForReauth();
			client.awaitEvent("update");
			assertThat(this.ably.accepted()).hasSize(2);
			this.ably.expireAll();
			client.awaitState("connected", SOON);
			assertThat(this.ably.accepted()).hasSize(3);
			client.authorize();
			client.awaitEvent("authorized");
			assertThat(this.auth.requests()).isEqualTo(4);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 503 })
	void jsConnectWhenAuthFailsForNowThenRetriesUntilConnected(int status) {
		this.auth.answerWith(status);
		try (AblyJsClient client = AblyJsClient.start(node())) {
			client.connectByAuthUrl(this.ably.port(), this.auth.url("/jwt"), QUICK);
			client.awaitState("disconnected", SOON);
			client.awaitState("disconnected", SOON);
			this.auth.answerWith(200);
			client.awaitState("connected", SOON);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void jsConnectWhenAuthForbidsThenFailed(boolean byUrl) {
		this.auth.answerWith(403);
		try (AblyJsClient client = AblyJsClient.start(node())) {
			if (byUrl) {
				client.connectByAuthUrl(this.ably.port(), this.auth.url("/jwt"), QUICK);
			}
			else {
				client.connectByCallback(this.ably.port(), this.auth.url("/jwt"), Map.of(), QUICK);
			}
			JsonNode reason = client.awaitState("failed", SOON).path("reason");
			assertThat(reason.path("code").asInt()).isEqualTo(80019);
			assertThat(reason.path("statusCode").asInt()).isEqualTo(403);
		}
	}

	@Test
	void jsConnectWhenClientIdIsNotTheTokensThenRefusedWith40102() {
		try (AblyJsClient client = AblyJsClient.start(node())) {
			client.connectByAuthUrl(this.ably.port(), this.auth.url("/jwt"), Map.of("clientId", "bob"));
			assertThat(client.awaitState("failed", SOON).path("reason").path("code").asInt()).isEqualTo(40102);
		}
	}

	private void assertAcceptedAs(String path) {
		assertThat(this.ably.accepted()).singleElement().satisfies((credential) -> {
			assertThat(credential.kind()).isEqualTo(path.equals("/jwt") ? Credential.Kind.JWT : Credential.Kind.OPAQUE);
			assertThat(credential.clientId()).isEqualTo("user-123");
			assertThat(credential.capability()).isEqualTo(DemoAuthServer.CAPABILITY);
			assertThat(credential.keyName()).isEqualTo(KEY_NAME);
		});
	}

	private static Path node() {
		Assumptions.assumeTrue(NodeModules.folder().isPresent(), "node is not installed");
		return NodeModules.folder().orElseThrow();
	}

}
