package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.live.AblyApp;
import dev.ablyauth.live.AblyCalls;
import dev.ablyauth.live.AppKey;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.RevocationWish;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.revocation.Target;
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
 * What ably-js does when its user is denied and revoked, or only revoked.
 */
@Tag("live")
class ThrownOutClientTests {

	private static final Duration QUIET = Duration.ofSeconds(3);

	private static final Target ANN = new Target(Target.Kind.USER_ID, "ann");

	private AblyApp ably;

	private TestServer server;

	private AblyJsClient client;

	@BeforeEach
	void start() {
		Optional<Path> modules = NodeModules.folder();
		Skip.unless(modules.isPresent(), "no node and npm here, so ably-js cannot run");
		this.ably = AblyApp.open();
		this.server = TestServer.start(this.ably.settings(AppKey.REVOCABLE));
		this.client = AblyJsClient.start(modules.orElseThrow());
		this.client.connectByAuthUrl(this.ably.address(), this.server.uri("/api/ably-jwt"),
				Map.of("authHeaders", SdkServers.annsHeaders()));
		this.client.awaitState("connected", SOON);
	}

	@AfterEach
	void stop() {
		if (this.ably != null) {
			this.client.close();
			this.server.close();
			this.ably.close();
		}
	}

	@Test
	void denyThenThrownOutAndRefusedAndStaysOut() throws InterruptedException {
		String token = SdkServers.token(this.server, "ann");
		AblyCalls calls = new AblyCalls(this.ably.address());
		assertThat(calls.get("/channels/notify:ann/messages", token)).isEqualTo("200");
		this.client.forgetEvents();
		long start = System.nanoTime();
		DenialWish wish = new DenialWish(ANN, "spam", "olga", null);
		this.server.bean(Revocations.class).deny(wish, List.of(), null);
		JsonNode out = this.client.awaitEvent((event) -> !event.path("current").asString("").isEmpty(), SOON);
		this.ably.observe("Milliseconds from a denial until its client is out",
				Long.toString(Duration.ofNanos(System.nanoTime() - start).toMillis()));
		this.ably.assume("What a client is told whose token was revoked", "disconnected 40141",
				out.path("current").asString("") + " " + out.path("reason").path("code").asString(""));
		assertThat(this.client.awaitState("failed", SOON).path("reason").path("statusCode").asInt()).isEqualTo(403);
		Thread.sleep(QUIET.toMillis());
		assertThat(calls.get("/channels/notify:ann/messages", token)).startsWith("401 ");
		this.ably.inside((standIn) -> {
			assertThat(standIn.connections()).isZero();
			assertThat(standIn.revocations()).hasSize(1);
		});
	}

	@Test
	void revokeWhenNotDeniedThenBackByItself() {
		String token = SdkServers.token(this.server, "ann");
		this.client.forgetEvents();
		this.server.bean(Revocations.class).revoke(new RevocationWish(List.of(ANN), false, "olga"), null);
		this.client.awaitState("disconnected", SOON);
		this.client.awaitState("connected", SOON);
		assertThat(new AblyCalls(this.ably.address()).get("/channels/notify:ann/messages", token)).startsWith("401 ");
	}

}
