package dev.ablyauth.sdk;

import java.util.Map;

import dev.ablyauth.standin.AblyJavaClient;
import io.ably.lib.realtime.ConnectionState;
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
 * ably-java 1.5.0, as phones and back ends use it.
 */
class AblyJavaTests {

	private SdkServers servers;

	@BeforeEach
	void start() {
		this.servers = new SdkServers();
	}

	@AfterEach
	void stop() {
		this.servers.close();
	}

	@Tag("live")
	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt", "/api/ably-token-request", "/api/ably-token", "/api/auth/token" })
	void connectByAuthUrlThenConnectedAndHeldToThePolicy(String path) {
		try (AblyJavaClient client = byAuthUrl(path, SdkServers.annsHeaders(), Map.of())) {
			assertConnectedAndHeldToThePolicy(client);
		}
	}

	@Tag("live")
	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt", "/api/ably-token-request" })
	void connectByCallbackThenConnectedAndHeldToThePolicy(String path) {
		try (AblyJavaClient client = AblyJavaClient.byCallback(this.servers.ably().address(),
				this.servers.authUrl(path), SdkServers.annsHeaders(), (options) -> {
				})) {
			assertConnectedAndHeldToThePolicy(client);
		}
	}

	private void assertConnectedAndHeldToThePolicy(AblyJavaClient client) {
		client.awaitState(ConnectionState.connected, SOON);
		assertThat(client.clientId()).isEqualTo("ann");
		client.awaitAttached("team:red:general");
		assertThat(client.publish("team:red:general", "greeting", "hello")).isNull();
		assertThat(client.attachError("team:blue:general").code).isEqualTo(40160);
		client.awaitAttached("notify:ann");
		assertThat(client.publish("notify:ann", "greeting", "hello")).extracting("code").isEqualTo(40160);
		this.servers.ably()
			.inside((ably) -> assertThat(ably.refused())
				.allSatisfy((refusal) -> assertThat(refusal.code()).isEqualTo(40160)));
	}

	@Test
	void connectWhenAskedToRenewThenUpdatedAndAfterExpiryConnectedAgain() {
		try (AblyJavaClient client = byAuthUrl("/api/ably-jwt", SdkServers.annsHeaders(), Map.of())) {
			client.awaitState(ConnectionState.connected, SOON);
			this.servers.ably().inside((ably) -> {
				ably.askForReauth();
				client.awaitUpdate(SOON);
				ably.awaitAccepted(2);
				client.forgetChanges();
				ably.expireAll();
				client.awaitState(ConnectionState.connected, SOON);
				ably.awaitAccepted(3);
			});
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectWhenRefusedThenInTheStateOfTheTable(Situation situation) {
		try (AblyJavaClient client = byAuthUrl("/api/ably-jwt", situation.headers(), situation.params())) {
			ConnectionState expected = ConnectionState.valueOf(situation.javaState());
			client.awaitState(expected, SOON);
			if (expected == ConnectionState.disconnected) {
				client.awaitState(expected, SOON);
			}
			assertThat(client.stateReason()).isNotNull();
			this.servers.ably().inside((ably) -> assertThat(ably.accepted()).isEmpty());
		}
	}

	private AblyJavaClient byAuthUrl(String path, Map<String, String> headers, Map<String, String> params) {
		return AblyJavaClient.byAuthUrl(this.servers.ably().address(), this.servers.authUrl(path), headers, params,
				(options) -> options.disconnectedRetryTimeout = 300);
	}

}
