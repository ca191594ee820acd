package dev.ablyauth.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.ablyauth.TestServer;
import dev.ablyauth.live.AblyApp;
import dev.ablyauth.live.AppKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server and an app at Ably, with one key.
 */
final class SdkServers implements AutoCloseable {

	/** Long enough for a busy machine; nothing waits this long when all is well. */
	static final Duration SOON = Duration.ofSeconds(20);

	private final AblyApp ably = AblyApp.open();

	private final TestServer server = TestServer
		.start(this.ably.settings(AppKey.WHOLE, "ably-auth.sessions.jwt[1].issuer=" + Situation.DEAD_ISSUER,
				"ably-auth.sessions.jwt[1].audiences=my-app", "ably-auth.sessions.jwt[1].user-id-prefix=dead-",
				"ably-auth.sessions.jwt[1].jwks-uri=http://127.0.0.1:9/jwks"));

	AblyApp ably() {
		return this.ably;
	}

	URI authUrl(String path) {
		return this.server.uri(path);
	}

	static Map<String, String> annsHeaders() {
		return Map.of("Authorization", "Bearer " + TestServer.ann());
	}

	/** The Ably JWT that a server issues for a member of the team red. */
	static String token(TestServer server, String user) {
		String session = TestServer.session(user, Map.of("roles", List.of("member"), "team", "red"));
		HttpRequest request = HttpRequest.newBuilder(server.uri("/api/ably-jwt"))
			.header("Authorization", "Bearer " + session)
			.build();
		try {
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).isEqualTo(200);
			return answer.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.close();
		this.ably.close();
	}

}
