package dev.ablyauth.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
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
		return tokenOf(session(user));
	}

	/** Asks for a token with this session. */
	Answer tokenOf(String session) {
		return send(request("/api/ably-jwt").header("Authorization", "Bearer " + session));
	}

	private static String session(String user) {
		return SESSIONS.computeIfAbsent(user, (name) -> TestServer.session(name, Map.of(), SESSION));
	}

	/** Asks for a token by a connection of its own. */
	Answer tokenByNewConnection(String user) {
		return byNewConnection("/api/ably-jwt", session(user));
	}

	Answer getByNewConnection(String path) {
		return byNewConnection(path, AdminTokens.ALL);
	}

	private Answer byNewConnection(String path, String bearer) {
		long begunAt = System.nanoTime();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(this.address).getPort())) {
			socket.setSoTimeout((int) LONGEST.toMillis());
			String request = String.join("\r\n", "GET " + path + " HTTP/1.1", "Host: x", "Connection: close",
					"Authorization: Bearer " + bearer, "", "");
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			int status = said.startsWith("HTTP/1.1 ") ? Integer.parseInt(said.substring(9, 12)) : 0;
			return new Answer(status, said, "", begunAt, System.nanoTime());
		}
		catch (IOException ex) {
			return Answer.none(ex.toString(), begunAt);
		}
	}

	/** Asks for a token with the cookie of a session that a Spring app keeps. */
	Answer tokenBySpringSession(String id) {
		String cookie = Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
		return send(request("/api/ably-jwt").header("Cookie", "SESSION=" + cookie));
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
