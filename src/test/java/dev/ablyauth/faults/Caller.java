package dev.ablyauth.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.ablyauth.TestServer;
import dev.ablyauth.web.AdminTokens;

/**
 * Calls one process as users and admins do.
 */
final class Caller {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	/** Longer than any run. */
	private static final Duration SESSION = Duration.ofDays(1);

	private static final Map<String, String> SESSIONS = new ConcurrentHashMap<>();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(LONGEST)
		.build();

	private final String address;

	Caller(int port) {
		this.address = "http://127.0.0.1:" + port;
	}

	/** Asks for a token. */
	Answer token(String user) {
		String session = SESSIONS.computeIfAbsent(user, (name) -> TestServer.session(name, Map.of(), SESSION));
		return send(request("/api/ably-jwt").header("Authorization", "Bearer " + session));
	}

	Answer get(String path) {
		return send(admin(path));
	}

	Answer post(String path, String json) {
		return send(admin(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8)));
	}

	Answer delete(String path) {
		return send(admin(path).DELETE());
	}

	/** Denies a user, without Ably. */
	Answer deny(String user) {
		return post("/admin/denials", "{\"target\":{\"userId\":\"" + user + "\"},\"reason\":\"a test\"}");
	}

	private HttpRequest.Builder admin(String path) {
		return request(path).header("Authorization", "Bearer " + AdminTokens.ALL);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.address + path)).timeout(LONGEST);
	}

	private Answer send(HttpRequest.Builder request) {
		long begunAt = System.nanoTime();
		try {
			return Answer.of(this.client.send(request.build(), HttpResponse.BodyHandlers.ofString()), begunAt);
		}
		catch (IOException ex) {
			return Answer.none(ex.toString(), begunAt);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Answer.none(ex.toString(), begunAt);
		}
	}

}
