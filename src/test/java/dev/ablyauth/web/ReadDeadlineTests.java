package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that send a byte now and then, and never all.
 */
class ReadDeadlineTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final String POST = String.join("\r\n", "POST /api/ably-jwt HTTP/1.1", "Host: x",
			"Content-Length: 5000", "Content-Type: application/x-www-form-urlencoded", "");

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	/**
	 * The line, the headers, the body of one who is signed in, and the rest of a request
	 * that was refused before its body was read.
	 */
	@Test
	void requestWhenItNeverEndsThenTheConnectionDoes() {
		Stream<String> begun = Stream.of("GET /", "GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nX-Slow: ",
				POST + "Authorization: Bearer " + TestServer.ann() + "\r\n\r\nttl=", POST + "\r\nttl=",
				String.join("\r\n", "POST /api/ably-jwt HTTP/1.1", "Host: x", "Transfer-Encoding: chunked",
						"Content-Type: application/json", "Authorization: Bearer " + TestServer.ann(), "", "ffff",
						"{"));
		assertThat(begun.toList().parallelStream().map(ReadDeadlineTests::isEnded).toList()).containsOnly(true);
	}

	/** One who takes his time, and less than the deadline. */
	@Test
	void requestWhenItComesInPartsThenItIsAnswered() throws Exception {
		try (Socket client = connect()) {
			String body = "{\"ttl\":600000}";
			send(client,
					"POST /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
							+ TestServer.ann() + "\r\nContent-Type: application/json\r\nContent-Length: "
							+ body.length() + "\r\n\r\n");
			for (int i = 0; i < body.length(); i++) {
				send(client, body.substring(i, i + 1));
				Thread.sleep(50);
			}
			assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 200");
		}
	}

	private static boolean isEnded(String begun) {
		long latest = System.nanoTime() + LONGEST.toNanos();
		try (Socket client = connect()) {
			client.setSoTimeout(500);
			send(client, begun);
			while (System.nanoTime() < latest) {
				send(client, "a");
				if (isEnded(client)) {
					return true;
				}
			}
			return false;
		}
		catch (IOException ex) {
			// Whoever sends to a connection that was closed learns it in this way.
			return true;
		}
	}

	private static boolean isEnded(Socket client) throws IOException {
		try {
			return client.getInputStream().read() < 0;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	private static Socket connect() throws IOException {
		return new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort());
	}

	private static void send(Socket client, String text) throws IOException {
		client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

}
