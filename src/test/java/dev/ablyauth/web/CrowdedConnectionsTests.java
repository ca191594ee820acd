package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.session.SessionServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that have nothing to say or take their time, while others wait for room.
 */
class CrowdedConnectionsTests {

	private static final int MOST = 20;

	private static final String TOKEN = "GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";

	/** Nothing at all, and the beginning of a request. */
	@ParameterizedTest
	@ValueSource(strings = { "", "GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\n" })
	void tokenWhenAllConnectionsAreTakenThenThoseEndThatHaveWaitedLongest(String said) throws IOException {
		try (SessionServer silent = SessionServer.start(SessionServer.silent());
				TestServer server = TestServer.start("server.tomcat.max-connections=" + MOST,
						"server.tomcat.connection-timeout=60s", "server.tomcat.keep-alive-timeout=60s",
						"ably-auth.sessions.forward.url=http://127.0.0.1:" + silent.port() + "/me",
						"ably-auth.sessions.forward.cookie-names=sid",
						"ably-auth.sessions.forward.user-id-prefix=app-")) {
			List<Socket> waiting = new ArrayList<>();
			try (LogLines log = new LogLines(EndedConnections.class);
					Socket working = connect(server, TOKEN + "Cookie: sid=1\r\n\r\n")) {
				for (int i = 0; i < 2 * MOST; i++) {
					waiting.add(connect(server, said));
				}
				assertThat(answer(server, "Authorization: Bearer " + TestServer.ann())).startsWith("HTTP/1.1 200");
				assertThat(answer(working)).startsWith("HTTP/1.1 503");
				assertThat(waiting.stream().filter(CrowdedConnectionsTests::isEnded)).hasSizeGreaterThan(MOST);
				assertThat(ended(server, "connections")).isBetween(MOST + 1.0, 2.0 * MOST);
				assertThat(ended(server, "threads")).isZero();
				assertThat(log.of(Level.WARN)).singleElement()
					.asString()
					.matches("Connections were ended for others: [1-9][0-9]* that waited longest .*, 0 that held .*");
			}
			finally {
				for (Socket client : waiting) {
					client.close();
				}
			}
		}
	}

	@Test
	void tokenWhenAClientHoldsUpTheOnlyThreadThenNotForLong() throws Exception {
		try (TestServer server = TestServer.start("server.tomcat.threads.max=1", "server.tomcat.threads.min-spare=1");
				Socket slow = connect(server,
						String.join("\r\n", "POST /api/ably-jwt HTTP/1.1", "Host: x", "Content-Length: 5000",
								"Content-Type: application/x-www-form-urlencoded",
								"Authorization: Bearer " + TestServer.ann(), "", "ttl="))) {
			// Else the thread may begin with the other one.
			Thread.sleep(300);
			long begun = System.nanoTime();
			assertThat(answer(server, "Authorization: Bearer " + TestServer.ann())).startsWith("HTTP/1.1 200");
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
			assertThat(answer(slow)).isEmpty();
			assertThat(ended(server, "threads")).isOne();
			assertThat(ended(server, "connections")).isZero();
		}
	}

	/** Those that come in between are in the next line. */
	@Test
	void tellThenOnceAMinuteAndAllOfThem() {
		EndedConnections ended = new EndedConnections();
		try (LogLines log = new LogLines(EndedConnections.class)) {
			long start = Long.MAX_VALUE - 10;
			ended.tell(start);
			ended.forRoom(3);
			ended.tell(start);
			ended.forRoom(2);
			ended.forThreads(1);
			for (int second = 1; second < 60; second++) {
				ended.tell(start + Duration.ofSeconds(second).toNanos());
			}
			assertThat(log.of(Level.WARN)).hasSize(1);
			ended.tell(start + Duration.ofMinutes(1).toNanos());
			ended.tell(start + Duration.ofMinutes(3).toNanos());
			assertThat(log.of(Level.WARN)).hasSize(2).last().asString().contains(": 2 that waited ", ", 1 that held ");
		}
	}

	private static double ended(TestServer server, String scarce) {
		return server.bean(MeterRegistry.class)
			.get("connections.ended")
			.tag("scarce", scarce)
			.functionCounter()
			.count();
	}

	private static String answer(TestServer server, String header) throws IOException {
		try (Socket client = connect(server, TOKEN + header + "\r\n\r\n")) {
			return answer(client);
		}
	}

	private static String answer(Socket client) throws IOException {
		return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static boolean isEnded(Socket client) {
		try {
			client.setSoTimeout(1);
			return client.getInputStream().read() < 0;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	private static Socket connect(TestServer server, String said) throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
		client.setSoTimeout(20_000);
		client.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

}
