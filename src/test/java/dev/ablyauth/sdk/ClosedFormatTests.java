package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.live.AblyApp;
import dev.ablyauth.live.AppKey;
import dev.ablyauth.standin.AblyJsClient;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule that wants an opaque Ably Token: the server fetches it, and ably-js connects
 * with it.
 */
class ClosedFormatTests {

	private static final String POLICY = TestServer.POLICY.replace("- name: members",
			"- name: members\n    format: ably-token");

	@Tag("live")
	@Test
	void connectWhenTheRuleWantsAnAblyTokenThenConnectedWithIt() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so ably-js cannot run");
		try (AblyApp app = AblyApp.open();
				TestServer server = TestServer.startWith(POLICY, app.settings(AppKey.WHOLE));
				AblyJsClient client = AblyJsClient.start(folder.orElseThrow())) {
			client.connectByAuthUrl(app.address(), server.uri("/api/ably-token"),
					Map.of("authHeaders", Map.of("authorization", "Bearer " + TestServer.ann())));
			assertThat(client.awaitState("connected", Duration.ofSeconds(20)).path("clientId").asString(""))
				.isEqualTo("ann");
			app.inside((ably) -> assertThat(ably.accepted()).singleElement().extracting("kind").hasToString("OPAQUE"));
			client.attach("team:red:general");
			client.awaitAttached("team:red:general");
			client.attach("team:blue:general");
			assertThat(client.attachErrorCode("team:blue:general")).isEqualTo(40160);
		}
	}

}
