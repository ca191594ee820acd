package dev.ablyauth.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.ablyauth.standin.NodeModules;
import org.awaitility.Awaitility;

/**
 * The Express app of the documents, word for word, in Node.
 */
final class ExpressApp implements AutoCloseable {

	private static final Pattern SNIPPET = Pattern.compile("### Express\n.*?```js\n(.*?)```", Pattern.DOTALL);

	private final Process process;

	private final int port;

	private ExpressApp(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/** Starts the app in the folder from {@link NodeModules#folder()}. */
	static ExpressApp start(Path folder) {
		try {
			Path script = Files.writeString(folder.resolve("express-app.mjs"), snippet());
			int port = freePort();
			ProcessBuilder node = new ProcessBuilder(NodeModules.node().orElseThrow().toString(),
					script.getFileName().toString())
				.directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(Redirect.to(folder.resolve("express-app.log").toFile()));
			node.environment().put("PORT", String.valueOf(port));
			node.environment().put("SESSION_SECRET", "a secret of the app");
			ExpressApp app = new ExpressApp(node.start(), port);
			Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(app::listens);
			return app;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String snippet() throws IOException {
		return SNIPPET.matcher(Files.readString(Path.of("docs/sessions.md")))
			.results()
			.findFirst()
			.map((MatchResult match) -> match.group(1))
			.orElseThrow();
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
	}

	private boolean listens() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	/** Signs somebody in and returns the cookie, as a Cookie header has it. */
	String login(String name) {
		HttpResponse<String> answer = Http.post(uri("/login"), "{\"name\":\"" + name + "\"}", "Content-Type",
				"application/json");
		HttpCookie cookie = HttpCookie.parse(answer.headers().firstValue("Set-Cookie").orElseThrow()).get(0);
		return cookie.getName() + "=" + cookie.getValue();
	}

	void logout(String cookie) {
		Http.post(uri("/logout"), "", "Cookie", cookie);
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(3, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
