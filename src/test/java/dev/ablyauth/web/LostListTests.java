package dev.ablyauth.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server whose deny-list is taken away.
 */
class LostListTests {

	@TempDir
	private Path folder;

	@Test
	void denyWhenTheFileWasRemovedThen503AndTheHealthSaysSo() throws Exception {
		Path file = this.folder.resolve("list.db");
		try (TestServer server = TestServer
			.start(AdminTokens.settings("ably-auth.deny-list.url=jdbc:sqlite:" + file))) {
			assertThat(deny(server).statusCode()).isEqualTo(201);
			Files.delete(file);
			assertThat(Answers.assertProblem(deny(server), 503, "unavailable")).contains("nothing has changed");
			long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
			while (!health(server).contains("degraded") && System.nanoTime() < end) {
				Thread.sleep(50);
			}
			assertThat(health(server)).contains(file + " is not the one that was opened");
			assertThat(file).doesNotExist();
		}
	}

	private static HttpResponse<String> deny(TestServer server) throws IOException {
		return Http.post(server.uri("/admin/denials"), "{\"target\":{\"userId\":\"ann\"},\"reason\":\"spam\"}",
				"Authorization", "Bearer " + AdminTokens.ALL, "Content-Type", "application/json");
	}

	private static String health(TestServer server) {
		return Http.get(server.uri("/actuator/health"), "Authorization", "Bearer " + AdminTokens.ALL).body();
	}

}
