package dev.ablyauth.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.SessionServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * More requests than the server can answer in time: those that wait longest are told so
 * at once, and no queue grows without bound.
 */
class OverloadTests {

	private static final int TOO_MANY = 300;

	/** So many one thread answers while the line is young, also on a slow machine. */
	private static final int SERVED = 1000;

	/** The only thread waits for the app, and meanwhile all the others come. */
	@Test
	void tokenWhenTooManyWaitThenSomeGetA503AndTheRestTheirTokens() throws IOException {
		try (SessionServer silent = SessionServer.start(SessionServer.silent());
				TestServer server = TestServer.start("server.tomcat.threads.max=1", "server.tomcat.threads.min-spare=1",
						"ably-auth.sessions.forward.url=http://127.0.0.1:" + silent.port() + "/me",
						"ably-auth.sessions.forward.cookie-names=sid",
						"ably-auth.sessions.forward.user-id-prefix=app-")) {
			List<Socket> clients = new ArrayList<>();
			try {
				clients.add(Http.ask(server.uri("/"), "Connection: close", "Cookie: sid=1"));
				for (int i = 0; i < Line.LONG + TOO_MANY; i++) {
					clients.add(Http.ask(server.uri("/"), "Connection: close",
							"Authorization: Bearer " + TestServer.ann()));
				}
				List<String> lines = clients.stream().skip(1).map(OverloadTests::statusLine).toList();
				long served = lines.stream().filter((line) -> line.contains(" 200")).count();
				long shed = lines.stream().filter((line) -> line.contains(" 503")).count();
				assertThat(served + shed).isEqualTo(lines.size());
				assertThat(served).isGreaterThanOrEqualTo(SERVED);
				assertThat(shed).isPositive();
				assertThat(Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann())
					.statusCode()).isEqualTo(200);
			}
			finally {
				for (Socket client : clients) {
					client.close();
				}
			}
		}
	}

	private static String statusLine(Socket client) {
		try {
			return String
				.valueOf(new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))
					.readLine());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
