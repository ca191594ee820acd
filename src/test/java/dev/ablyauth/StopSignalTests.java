package dev.ablyauth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTERM, to a server in a process of its own.
 */
class StopSignalTests {

	/** Three seconds of silence would be too long for a body. */
	private static final String SLOW_PART = " ".repeat(1000);

	private static final String BODY = "{" + SLOW_PART + "\"ttl\":600000}";

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path folder;

	private int port;

	@Test
	void terminateThenNotReadyAndEachConnectionEndsAndWhatIsInFlightIsAnswered() throws Exception {
		Process server = start("ably-auth.web.drain=6s");
		try {
			await(() -> status("/readyz") == 200);
			try (Socket slow = half(); Socket other = half()) {
				assertThat(get("/api/ably-jwt").headers().firstValue("Connection")).isEmpty();
				server.toHandle().destroy();
				await(() -> status("/readyz") == 503);
				assertThat(status("/livez")).isEqualTo(200);
				HttpResponse<String> late = get("/api/ably-jwt");
				assertThat(late.statusCode()).isEqualTo(200);
				assertThat(late.headers().firstValue("Connection")).contains("close");
				assertThat(end(slow, 1)).startsWith("HTTP/1.1 200");
				AtomicInteger sent = new AtomicInteger(1);
				await(() -> {
					send(other, BODY.substring(sent.get(), sent.incrementAndGet()));
					return status("/livez") < 0;
				});
				assertThat(end(other, sent.get())).startsWith("HTTP/1.1 200");
			}
			assertThat(server.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(server.exitValue()).as(Files.readString(this.folder.resolve("out"))).isZero();
		}
		finally {
			server.destroyForcibly();
		}
	}

	private Process start(String... more) throws IOException {
		this.port = freePort();
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				AuthServerApplication.class.getName(), "--server.port=" + this.port, "--server.address=127.0.0.1",
				"--spring.config.location=optional:classpath:/", "--ably-auth.keys[0].value=" + TestKeys.KEY,
				"--ably-auth.policy=file:" + Files.writeString(this.folder.resolve("policy.yml"), TestServer.POLICY),
				"--ably-auth.sessions.jwt[0].issuer=" + TestServer.ISSUER,
				"--ably-auth.sessions.jwt[0].audiences=my-app",
				"--ably-auth.sessions.jwt[0].secret=" + TestServer.SECRET, "--ably-auth.ably.clock=own",
				"--ably-auth.deny-list.url=jdbc:sqlite:" + this.folder.resolve("list.db")));
		for (String setting : more) {
			command.add("--" + setting);
		}
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("out").toFile())
			.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
	}

	/** A request whose body is still to come. */
	private Socket half() throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), this.port);
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

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", "Bearer " + TestServer.ann())
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	/** Returns -1 where nobody answers. */
	private int status(String path) throws InterruptedException {
		try {
			return get(path).statusCode();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	private static void await(Condition condition) throws IOException, InterruptedException {
		long latest = System.nanoTime() + LONGEST.toNanos();
		while (!condition.holds()) {
			assertThat(System.nanoTime()).isLessThan(latest);
			Thread.sleep(50);
		}
	}

	/**
	 * Something that is awaited.
	 */
	private interface Condition {

		boolean holds() throws IOException, InterruptedException;

	}

}
