package dev.ablyauth.sdk;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.live.AblyApp;
import dev.ablyauth.live.AppKey;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.standin.AblyJsClient;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static dev.ablyauth.sdk.SdkServers.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ably-js does on two devices of one user when the session of one of them ends.
 */
class LoggedOutClientTests {

	private static final Duration QUIET = Duration.ofSeconds(3);

	private AblyApp ably;

	private TestServer server;

	private AblyJsClient phone;

	private AblyJsClient laptop;

	@BeforeEach
	void start() {
		Optional<Path> modules = NodeModules.folder();
		Skip.unless(modules.isPresent(), "no node and npm here, so ably-js cannot run");
		this.ably = AblyApp.open();
		this.server = TestServer
			.start(this.ably.settings(AppKey.REVOCABLE, "ably-auth.sessions.jwt[0].logout-audiences=my-client"));
		this.phone = AblyJsClient.start(modules.orElseThrow());
		this.laptop = AblyJsClient.start(modules.orElseThrow());
	}

	@AfterEach
	void stop() {
		if (this.ably != null) {
			this.laptop.close();
			this.phone.close();
			this.server.close();
			this.ably.close();
		}
	}

	@Tag("live")
	@Test
	void logoutThenThisDeviceFailsAndTheOtherOneIsNeverAway() throws Exception {
		connect(this.phone, "s-phone");
		connect(this.laptop, "s-laptop");
		this.laptop.forgetEvents();
		assertThat(logout("s-phone")).isEqualTo(200);
		JsonNode failed = this.phone.awaitState("failed", SOON);
		assertThat(failed.path("reason").path("statusCode").asInt()).isEqualTo(403);
		this.laptop.awaitEvent("update");
		Thread.sleep(this.ably.margin().plus(QUIET).toMillis());
		assertThat(this.laptop.events()).noneMatch((event) -> event.toString().contains("disconnected"));
		this.ably.inside((standIn) -> {
			assertThat(standIn.connections()).isEqualTo(1);
			assertThat(standIn.revocations()).singleElement().extracting("allowReauthMargin").isEqualTo(true);
		});
	}

	private void connect(AblyJsClient client, String sid) {
		String session = TestServer.session("ann", Map.of("roles", List.of("member"), "team", "red", "sid", sid));
		client.connectByAuthUrl(this.ably.address(), this.server.uri("/api/ably-jwt"),
				Map.of("authHeaders", Map.of("Authorization", "Bearer " + session)));
		client.awaitState("connected", SOON);
	}

	private int logout(String sid) throws Exception {
		String token = AppTokens.hs256(TestServer.ISSUER, TestServer.SECRET)
			.header("typ", "logout+jwt")
			.audience("my-client")
			.subject("ann")
			.claim("sid", sid)
			.claim("jti", "j-1")
			.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
			.token();
		URI door = this.server.uri("/logout/back-channel");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(door)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers
					.ofString("logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

}
