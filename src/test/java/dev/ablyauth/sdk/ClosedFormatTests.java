package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyJsClient;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.NodeModules;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule that wants an opaque Ably Token: the server fetches it, and ably-js connects
 * with it.
 */
class ClosedFormatTests {

	private static final String POLICY = TestServer.POLICY.replace("- name: members",
			"- name: members\n    format: ably-token");

	@Test
	void connectWhenTheRuleWantsAnAblyTokenThenConnectedWithIt() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so ably-js cannot run");
		String[] key = TestKeys.KEY.split(":", -1);
		try (AblyStandIn ably = AblyStandIn.start(key[0], key[1], "{\"[*]*\":[\"*\"]}");
				TestServer server = TestServer.startWith(POLICY,
						"ably-auth.ably.rest-url=http://127.0.0.1:" + ably.port());
				AblyJsClient client = AblyJsClient.start(folder.orElseThrow())) {
			client.connectByAuthUrl(ably.port(), server.uri("/api/ably-token"),
					Map.of("authHeaders", Map.of("authorization", "Bearer " + TestServer.ann())));
			client.awaitState("connected", Duration.ofSeconds(20));
			assertThat(ably.accepted()).singleElement().extracting("clientId").isEqualTo("ann");
			client.attach("team:red:general");
			client.awaitAttached("team:red:general");
			client.attach("team:blue:general");
			assertThat(client.attachErrorCode("team:blue:general")).isEqualTo(40160);
		}
	}

}
