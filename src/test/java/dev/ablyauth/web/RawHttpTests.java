package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no HTTP client would send: the container's own refusals have Ably's shape too, and
 * no odd path or framing leads to a token.
 */
class RawHttpTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	static Stream<String> badRequests() {
		String ok = "GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
		return Stream.of("GET /api/ably-jwt?a={\u0000} HTTP/1.1\r\nHost: x\r\n\r\n", "GET  HTTP/1.1\r\n\r\n",
				"GET /a\\b HTTP/1.1\r\nHost: x\r\n\r\n", "GET /api/ably-jwt HTTP/1.1\r\n\r\n",
				"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "G\u0001T / HTTP/1.1\r\nHost: x\r\n\r\n",
				"GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
				"GET /api/ably-jwt HTTP/1.1\r\nHost: a b\r\n\r\n", ok + "Bad Header: x\r\n\r\n",
				ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", ok + "Content-Length: -1\r\n\r\n",
				ok + "Transfer-Encoding: chunked, nonsense\r\n\r\n0\r\n\r\n", ok + "A: \u0000\r\n\r\n",
				"POST /api/ably-jwt HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n");
	}

	@ParameterizedTest
	@MethodSource("badRequests")
	void badRequestThenRefusedInAblysShapeAndClosed(String request) throws IOException {
		String answer = exchange(request);
		// A request line that cannot be read may be one of HTTP/0.9, which is answered
		// without a head.
		String withHead = answer.startsWith("{")
				? "HTTP/1.1 400\r\nContent-Type: application/json\r\nCache-Control: no-store\r\nA: x\r\n\r\n" + answer
				: answer;
		assertThat(status(withHead)).isIn(400, 404, 501);
		assertShape(withHead);
	}

	/**
	 * RFC 9112 5.2 lets a server join a folded line by a space, which is what Tomcat
	 * does.
	 */
	@Test
	void headerWhenFoldedThenNeverASecondHeader() throws IOException {
		String answer = exchange(
				"GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\nA: x\r\n Authorization: Bearer "
						+ TestServer.ann() + "\r\n\r\n");
		assertThat(status(answer)).isEqualTo(401);
		assertShape(answer);
	}

	@Test
	void headersWhenTooLargeThenRefusedInAblysShape() throws IOException {
		String answer = exchange("GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(17 * 1024) + "\r\n\r\n");
		assertThat(status(answer)).isIn(400, 431);
		assertShape(answer);
	}

	@Test
	void headersWhenTooManyThenRefusedInAblysShape() throws IOException {
		String answer = exchange("GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\n" + "A: x\r\n".repeat(101) + "\r\n");
		assertThat(status(answer)).isIn(400, 431);
		assertShape(answer);
	}

	@Test
	void bodyWhenChunkedAndTooLargeThenRefused() throws IOException {
		String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";
		String answer = exchange("POST /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
				+ TestServer.ann() + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ chunk.repeat(17) + "0\r\n\r\n");
		assertThat(status(answer)).isEqualTo(413);
		assertShape(answer);
	}

	@Test
	void bodyWhenShorterThanSaidThenNothingIsIssued() throws IOException {
		String answer = exchange("POST /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
				+ TestServer.ann() + "\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"ttl\":");
		assertThat(answer).doesNotContain("application/jwt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "//api/ably-jwt", "/api//ably-jwt", "/api/./ably-jwt", "/api/x/../ably-jwt",
			"/api/ably-jwt;x=1", "/api;x/ably-jwt", "/api/ably-jwt%00", "/api/ably-jwt%2f", "/api/ably-jwt/",
			"/api/ably-jwt.json", "/api/%2e%2e/api/ably-jwt", "/api/..;/actuator/env", "/livez/..;/actuator/env",
			"/actuator/health/..%2fenv", "/api/ably-jwt\\", "/api/ably-jwt%5c", "/api/ably-jwt%0a", "/api%2fably-jwt",
			"/%2561pi/ably-jwt" })
	void pathTricksThenNoToken(String path) throws IOException {
		String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
				+ TestServer.ann() + "\r\n\r\n");
		assertThat(status(answer)).isIn(400, 404);
		assertShape(answer);
	}

	@Test
	void pathWhenNeedlesslyEncodedThenTheSameDoorWithTheSameGuard() throws IOException {
		String answer = exchange("GET /%61pi/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		assertThat(status(answer)).isEqualTo(401);
		assertShape(answer);
	}

	@Test
	void methodOverrideThenIgnored() throws IOException {
		String answer = exchange("GET /api/ably-jwt?_method=DELETE HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
				+ "X-HTTP-Method-Override: DELETE\r\nAuthorization: Bearer " + TestServer.ann() + "\r\n\r\n");
		assertThat(status(answer)).isEqualTo(200);
	}

	private static int status(String answer) {
		assertThat(answer).startsWith("HTTP/1.1 ");
		return Integer.parseInt(answer.substring(9, 12));
	}

	private static void assertShape(String answer) {
		int end = answer.indexOf("\r\n\r\n");
		assertThat(answer.substring(0, end)).contains("Content-Type: application/json\r\n",
				"Cache-Control: no-store\r\n");
		JsonNode body = new JsonMapper().readTree(answer.substring(end + 4));
		assertThat(body.get("error").get("statusCode").asInt()).isEqualTo(status(answer));
		assertThat(body.get("error").get("code").asInt()).isBetween(40000, 50099);
	}

	private static String exchange(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
