package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.standin.AblyJsClient;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.sdk.SdkServers.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * ably-js 2.28 from npm, in Node.
 */
class AblyJsTests {

	private SdkServers servers;

	private AblyJsClient client;

	@BeforeEach
	void start() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so ably-js cannot run");
		this.servers = new SdkServers();
		this.client = AblyJsClient.start(folder.orElseThrow());
	}

	@AfterEach
	void stop() {
		if (this.servers != null) {
			this.client.close();
			this.servers.close();
		}
	}

	@Tag("live")
	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt", "/api/ably-token-request", "/api/ably-token", "/api/auth/token" })
	void connectByAuthUrlThenConnectedAndHeldToThePolicy(String path) {
		byAuthUrl(path, Map.of("authHeaders", SdkServers.annsHeaders()));
		assertConnectedAndHeldToThePolicy();
	}

	@Tag("live")
	@Test
	void connectByPostThenConnectedAndHeldToThePolicy() {
		byAuthUrl("/api/ably-jwt", Map.of("authHeaders", SdkServers.annsHeaders(), "authMethod", "POST", "authParams",
				Map.of("ttl", "600000", "of", "the app")));
		assertConnectedAndHeldToThePolicy();
	}

	@Tag("live")
	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt", "/api/ably-token-request" })
	void connectByCallbackThenConnectedAndHeldToThePolicy(String path) {
		this.client.connectByCallback(this.servers.ably().address(), this.servers.authUrl(path),
				SdkServers.annsHeaders(), Map.of());
		assertConnectedAndHeldToThePolicy();
	}

	private void assertConnectedAndHeldToThePolicy() {
		assertThat(this.client.awaitState("connected", SOON).path("clientId").asString("")).isEqualTo("ann");
		this.servers.ably()
			.inside((ably) -> assertThat(ably.accepted()).singleElement().extracting("clientId").isEqualTo("ann"));
		this.client.attach("team:red:general");
		this.client.awaitAttached("team:red:general");
		this.client.attach("team:blue:general");
		assertThat(this.client.attachErrorCode("team:blue:general")).isEqualTo(40160);
		this.client.publish("team:red:general", "greeting", "hello");
		this.client.awaitEvent("published");
		this.client.publish("notify:ann", "greeting", "hello");
		assertThat(this.client.awaitEvent("publishFailed").get("code").asInt()).isEqualTo(40160);
	}

	@Test
	void connectWhenAskedToRenewThenUpdatedAndAfterExpiryConnectedAgain() {
		byAuthUrl("/api/ably-jwt", Map.of("authHeaders", SdkServers.annsHeaders()));
		this.client.awaitState("connected", SOON);
		this.servers.ably().inside((ably) -> {
			ably.askForReauth();
			this.client.awaitEvent("update");
			ably.awaitAccepted(2);
			this.client.forgetEvents();
			ably.expireAll();
			this.client.awaitState("connected", SOON);
			ably.awaitAccepted(3);
		});
	}

	@ParameterizedTest
	@EnumSource
	void connectWhenRefusedThenInTheStateOfTheTable(Situation situation) {
		Map<String, Object> options = new HashMap<>(
				Map.of("authHeaders", situation.headers(), "authParams", situation.params()));
		options.put("disconnectedRetryTimeout", 300);
		byAuthUrl("/api/ably-jwt", options);
		this.client.awaitState(situation.jsState(), SOON);
		if (situation.jsState().equals("disconnected")) {
			this.client.awaitState("disconnected", SOON);
		}
		this.servers.ably().inside((ably) -> assertThat(ably.accepted()).isEmpty());
	}

	private void byAuthUrl(String path, Map<String, ?> options) {
		this.client.connectByAuthUrl(this.servers.ably().address(), this.servers.authUrl(path), options);
	}

}
