package dev.ablyauth.revocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that starts before its database does.
 */
class StoreAwayAtStartTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	@Test
	void serverWhenTheDatabaseComesLaterThenReadyByItselfWithinFiveSeconds() throws InterruptedException {
		try (StorePostgres postgres = new StorePostgres()) {
			postgres.kill();
			try (TestServer server = TestServer.start("ably-auth.deny-list.url=" + postgres.url(),
					"ably-auth.deny-list.username=postgres")) {
				assertThat(status(server, "/livez")).isEqualTo(200);
				assertThat(status(server, "/readyz")).isEqualTo(503);
				assertThat(status(server, "/api/ably-jwt")).isEqualTo(503);
				postgres.restart();
				long back = System.nanoTime();
				while (status(server, "/readyz") != 200) {
					assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(5));
					Thread.sleep(50);
				}
				assertThat(status(server, "/api/ably-jwt")).isEqualTo(200);
			}
		}
	}

	private static int status(TestServer server, String path) {
		HttpRequest request = HttpRequest.newBuilder(server.uri(path))
			.header("Authorization", "Bearer " + TestServer.ann())
			.build();
		try {
			return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
