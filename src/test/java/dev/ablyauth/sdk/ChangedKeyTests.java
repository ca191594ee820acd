package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.auth0.jwt.JWT;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.TestLiveKeys;
import dev.ablyauth.live.AblyApp;
import dev.ablyauth.live.AppKey;
import dev.ablyauth.revocation.RevocationWish;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.revocation.Target;
import dev.ablyauth.standin.AblyJsClient;
import dev.ablyauth.standin.NodeModules;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static dev.ablyauth.sdk.SdkServers.SOON;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ably-js does when the API key of the server has been replaced while it was
 * connected. Source of what is assumed: Ably docs, platform/errors/codes/40102.
 */
@Tag("live")
class ChangedKeyTests {

	private static final Duration QUIET = Duration.ofSeconds(2);

	@TempDir
	private Path folder;

	private AblyApp ably;

	private AblyJsClient client;

	@BeforeEach
	void start() {
		Optional<Path> modules = NodeModules.folder();
		Skip.unless(modules.isPresent(), "no node and npm here, so ably-js cannot run");
		this.ably = AblyApp.open();
		this.client = AblyJsClient.start(modules.orElseThrow());
	}

	@AfterEach
	void stop() {
		if (this.ably != null) {
			this.client.close();
			this.ably.close();
		}
	}

	@Test
	void renewWhenTheOldKeyDrainsThenConnectedAllAlong() throws InterruptedException {
		try (TestServer server = server("ably-auth.keys[1].drain-until=2099-01-01T00:00:00Z")) {
			connect(server);
			changeKey(server);
			this.client.authorize();
			assertThat(end()).isEqualTo("authorized");
			Thread.sleep(QUIET.toMillis());
			assertThat(this.client.events()).filteredOn((event) -> "state".equals(event.path("event").asString("")))
				.extracting((event) -> event.path("current").asString(""))
				.containsExactly("connecting", "connected");
		}
	}

	@Test
	void renewWhenNothingDrainsThenAsAblysPageOnTheErrorSays() {
		try (TestServer server = server()) {
			connect(server);
			changeKey(server);
			this.client.authorize();
			this.ably.assume("A connection renews with another key of its app", "authorizeFailed 40102", end());
		}
	}

	@Test
	void comeBackWhenNothingDrainsThenTheNewKeyWillDo() {
		try (TestServer server = server()) {
			connect(server);
			changeKey(server);
			Target ann = new Target(Target.Kind.USER_ID, "ann");
			server.bean(Revocations.class).revoke(new RevocationWish(List.of(ann), false, "olga"), null);
			this.client.awaitState("disconnected", SOON);
			List<String> ends = List.of("connected", "failed", "disconnected");
			JsonNode back = this.client.awaitEvent((event) -> ends.contains(event.path("current").asString("")), SOON);
			this.ably.assume("A connection that was lost is taken up with another key of its app", "connected",
					back.path("current").asString("") + back.path("reason").path("code").asString(""));
		}
	}

	private TestServer server(String... more) {
		keys(AppKey.REVOCABLE, AppKey.REVOCABLE);
		List<String> settings = new ArrayList<>(List.of(more));
		settings.add("ably-auth.keys[0].value=");
		settings.add("ably-auth.keys[0].file=" + this.folder.resolve("current"));
		settings.add("ably-auth.keys[1].file=" + this.folder.resolve("previous"));
		settings.add("ably-auth.keys[1].revocable-tokens=true");
		return TestServer.start(this.ably.settings(AppKey.REVOCABLE, settings.toArray(String[]::new)));
	}

	private void keys(AppKey current, AppKey previous) {
		TestLiveKeys.write(this.folder.resolve("current"), this.ably.key(current));
		TestLiveKeys.write(this.folder.resolve("previous"), this.ably.key(previous));
	}

	private void connect(TestServer server) {
		this.client.connectByAuthUrl(this.ably.address(), server.uri("/api/ably-jwt"),
				Map.of("authHeaders", SdkServers.annsHeaders()));
		this.client.awaitState("connected", SOON);
	}

	/** Until newcomers have the new key: who was one before keeps the old one. */
	private void changeKey(TestServer server) {
		keys(AppKey.REVOCABLE_TOO, AppKey.REVOCABLE);
		String name = this.ably.key(AppKey.REVOCABLE_TOO).replaceFirst(":.*", "");
		AtomicInteger newcomers = new AtomicInteger();
		Awaitility.await().atMost(SOON).until(() -> {
			String token = SdkServers.token(server, "newcomer-" + newcomers.incrementAndGet());
			return name.equals(JWT.decode(token).getKeyId());
		});
	}

	/** How a renewal ended, with the code of Ably where it failed. */
	private String end() {
		JsonNode end = this.client.awaitEvent((event) -> event.path("event").asString("").startsWith("authorize"),
				SOON);
		String code = end.path("code").asString("");
		return end.path("event").asString("") + (code.isEmpty() ? "" : " " + code);
	}

}
