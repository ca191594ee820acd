package dev.ablyauth.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import com.auth0.jwt.JWT;
import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy file that changes under a running server, and one that is tried beside it.
 */
class ChangedPolicyTests {

	@TempDir
	private Path folder;

	@Test
	void changeThenUsedWithoutARestartAndABadOneIsNot() throws Exception {
		Path file = replace("policy.yml", TestServer.POLICY);
		try (TestServer server = TestServer.startWith(TestServer.POLICY,
				AdminTokens.settings("ably-auth.policy=file:" + file))) {
			assertThat(capability(server)).contains("notify:ann");
			replace("policy.yml", TestServer.POLICY.replace("notify:", "mailbox:"));
			await(() -> capability(server).contains("mailbox:ann"));
			replace("policy.yml", TestServer.POLICY.replace("features:", "featurs:"));
			await(() -> health(server).contains("did you mean"));
			assertThat(health(server)).contains("\"status\":\"UP\"", "line 6");
			assertThat(capability(server)).contains("mailbox:ann");
			assertThat(server.meters()).containsPattern("policy\\.reloads.*used.*value=1\\.0")
				.containsPattern("policy\\.reloads.*refused.*value=1\\.0");
			replace("policy.yml", TestServer.POLICY);
			await(() -> capability(server).contains("notify:ann"));
			assertThat(health(server)).doesNotContain("degraded");
		}
	}

	@Test
	void shadowThenCountsAndNamesWhoWouldGetMoreAndLessAndIssuesNothing() throws Exception {
		Path shadow = replace("next.yml", TestServer.POLICY.replace("notify:", "mailbox:"));
		try (TestServer server = TestServer.startWith(TestServer.POLICY, "ably-auth.shadow-policy=file:" + shadow)) {
			assertThat(capability(server)).contains("notify:ann").doesNotContain("mailbox");
			assertThat(server.meters()).containsPattern("policy\\.shadow.*other.*value=1\\.0")
				.containsPattern("policy\\.shadow.*same.*value=0\\.0");
			String log = Files.readString(Path.of("target/test.log"));
			assertThat(log).contains("decision=shadow difference=other user=ann more=\"{\\\"mailbox:ann\\\":");
		}
	}

	private static String capability(TestServer server) {
		return JWT.decode(Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann()).body())
			.getClaim("x-ably-capability")
			.asString();
	}

	private static String health(TestServer server) {
		return Http.get(server.uri("/actuator/health"), "Authorization", "Bearer " + AdminTokens.ALL).body();
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		Instant end = Instant.now().plus(Duration.ofSeconds(15));
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).isBefore(end);
			Thread.sleep(100);
		}
	}

	private Path replace(String name, String yaml) throws IOException {
		Path next = Files.writeString(this.folder.resolve("new"), yaml);
		return Files.move(next, this.folder.resolve(name), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

}
