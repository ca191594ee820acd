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

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM. Short enough for every build.
 */
class StopSignalTests {

	/** Three seconds of silence would be too long for a body. */
	private static final String SLOW_PART = " ".repeat(1000);

	private static final String BODY = "{" + SLOW_PART + "\"ttl\":600000}";

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void terminateThenNotReadyAndEachConnectionEndsAndWhatIsInFlightIsAnswered() throws Exception {
		try (ServerProcess server = ServerProcess.start("ably-auth.web.drain=6s").ready()) {
			try (Socket slow = half(server); Socket other = half(server)) {
				assertThat(token(server).headers().firstValue("Connection")).isEmpty();
				server.signal("TERM");
				server.await("/readyz", 503, LONGEST);
				assertThat(server.call().get("/livez").status()).isEqualTo(200);
				HttpResponse<String> late = token(server);
				assertThat(late.statusCode()).isEqualTo(200);
				assertThat(late.headers().firstValue("Connection")).contains("close");
				assertThat(end(slow, 1)).startsWith("HTTP/1.1 200");
				int sent = 1;
				while (server.call().get("/livez").status() != 0) {
					assertThat(sent).isLessThan(SLOW_PART.length());
					send(other, BODY.substring(sent, sent + 1));
					sent++;
					Eventually.pause(50);
				}
				assertThat(end(other, sent)).startsWith("HTTP/1.1 200");
			}
			assertThat(server.exitCode(LONGEST)).as(server.output()).isZero();
		}
	}

	/** A request whose body is still to come. */
	private static Socket half(ServerProcess server) throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
		client.setSoTimeout((int) LONGEST.toMillis());
		send(client,
				"POST /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
						+ TestServer.ann() + "\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length()
						+ "\r\n\r\n{");
		return client;
	}

	private static String end(Socket client, int sent) throws IOException {
		send(client, BODY.substring(sent));
		return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static void send(Socket client, String text) throws IOException {
		client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private HttpResponse<String> token(ServerProcess server) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/ably-jwt"))
			.header("Authorization", "Bearer " + TestServer.ann())
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
