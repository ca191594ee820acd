package dev.ablyauth.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.SessionServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that stops while requests wait for its threads.
 */
class WaitingRequestsTests {

	private static final int WAITING = 5;

	/** The only thread waits for the app, and then there are those behind it. */
	@Test
	void stopWhenRequestsWaitThenTheyAreAnswered() throws IOException, InterruptedException {
		List<Socket> clients = new ArrayList<>();
		try (SessionServer silent = SessionServer.start(SessionServer.silent())) {
			try (TestServer server = TestServer.start("server.tomcat.threads.max=1",
					"server.tomcat.threads.min-spare=1",
					"ably-auth.sessions.forward.url=http://127.0.0.1:" + silent.port() + "/me",
					"ably-auth.sessions.forward.cookie-names=sid", "ably-auth.sessions.forward.user-id-prefix=app-")) {
				clients.add(Http.ask(server.uri("/"), "Cookie: sid=1"));
				// Until its thread has asked the app.
				Thread.sleep(500);
				for (int i = 0; i < WAITING; i++) {
					clients.add(Http.ask(server.uri("/"), "Authorization: Bearer " + TestServer.ann()));
				}
				// Until they are read from the wire.
				Thread.sleep(300);
			}
			assertThat(status(clients.remove(0))).isEqualTo("HTTP/1.1 503");
			assertThat(clients).extracting(WaitingRequestsTests::status).containsOnly("HTTP/1.1 200").hasSize(WAITING);
		}
		finally {
			for (Socket client : clients) {
				client.close();
			}
		}
	}

	/** Returns the beginning of the answer, or nothing where there is none. */
	private static String status(Socket client) {
		try {
			return new String(client.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
