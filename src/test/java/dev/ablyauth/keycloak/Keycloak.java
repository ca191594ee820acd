package dev.ablyauth.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Keycloak as it is distributed, unpacked by the Maven profile {@code long}, on a port of
 * the loopback. It keeps its database when it is stopped and started again.
 */
final class Keycloak implements AutoCloseable {

	static final String ADMIN = "admin";

	static final String PASSWORD = "password-of-the-test-admin";

	private static final Duration LONGEST_START = Duration.ofMinutes(5);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final Path home;

	private final int port = freePort();

	private @Nullable Process process;

	private Keycloak(Path home) {
		this.home = home;
	}

	/** Where the profile unpacks it. */
	static Path home() {
		return Path.of(System.getProperty("keycloak.home", "target/keycloak"));
	}

	/** Starts it with an empty database. */
	static Keycloak startEmpty(Path home) {
		Keycloak keycloak = new Keycloak(home);
		try {
			FileSystemUtils.deleteRecursively(home.resolve("data"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		keycloak.start();
		return keycloak;
	}

	void start() {
		ProcessBuilder builder = new ProcessBuilder("sh", this.home.resolve("bin/kc.sh").toString(), "start-dev",
				"--http-host=127.0.0.1", "--http-port=" + this.port);
		builder.environment()
			.putAll(Map.of("KC_CACHE", "local", "KC_DB", "dev-file", "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN,
					"KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD, "JAVA_HOME", System.getProperty("java.home"),
					"JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m"));
		Path log = this.home.resolve("keycloak.log");
		try {
			this.process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
			awaitStart(this.process, log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitStart(Process started, Path log) throws IOException {
		long end = System.nanoTime() + LONGEST_START.toNanos();
		while (!isUp()) {
			if (!started.isAlive() || System.nanoTime() > end) {
				close();
				throw new IllegalStateException("Keycloak did not start: " + Files.readString(log));
			}
			pause(Duration.ofMillis(500));
		}
	}

	private boolean isUp() {
		try {
			return this.http
				.send(HttpRequest.newBuilder(uri("/realms/master/.well-known/openid-configuration")).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/** Ends it and waits until it is gone. */
	void stop() {
		Process running = this.process;
		if (running == null) {
			return;
		}
		List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
		all.add(running.toHandle());
		all.forEach(ProcessHandle::destroy);
		try {
			if (!running.waitFor(30, TimeUnit.SECONDS)) {
				all.forEach(ProcessHandle::destroyForcibly);
			}
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		this.process = null;
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/** Posts a form. */
	HttpResponse<String> post(URI uri, Map<String, String> fields, String... headers) {
		String form = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form));
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return send(request.build());
	}

	static void pause(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException(ex);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		stop();
	}

}
