package dev.ablyauth.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.ablyauth.springapp.TestRedis;
import dev.ablyauth.standin.NodeModules;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * The demo app of docker-compose.yml, in Node, with a Redis of its own.
 */
final class DemoApp implements AutoCloseable {

	private static final Path SOURCE = Path.of("examples", "demo");

	private final TestRedis redis;

	private final Process process;

	private DemoApp(TestRedis redis, Process process) {
		this.redis = redis;
		this.process = process;
	}

	/**
	 * Starts the app.
	 * @param folder from {@link NodeModules#folder()}
	 * @param port where it is to listen
	 * @param authServer where the page finds the server
	 * @param ablyOptions JSON that leads ably-js to a stand-in
	 */
	static DemoApp start(Path folder, int port, String authServer, String ablyOptions) {
		try {
			Path home = folder.resolve("demo");
			FileSystemUtils.deleteRecursively(home);
			FileSystemUtils.copyRecursively(SOURCE, home);
			Path secret = Files.writeString(home.resolve("session-secret"), "a secret of the demo app\n");
			TestRedis redis = new TestRedis();
			ProcessBuilder node = new ProcessBuilder(NodeModules.node().orElseThrow().toString(), "server.mjs")
				.directory(home.toFile())
				.redirectErrorStream(true)
				.redirectOutput(Redirect.to(home.resolve("demo.log").toFile()));
			node.environment().put("HOST", "127.0.0.1");
			node.environment().put("PORT", String.valueOf(port));
			node.environment().put("REDIS_URL", redis.url());
			node.environment().put("SESSION_SECRET_FILE", secret.toString());
			node.environment().put("AUTH_SERVER", authServer);
			node.environment().put("ABLY_OPTIONS", ablyOptions);
			DemoApp app = new DemoApp(redis, node.start());
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> listens(port));
			return app;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static int freePort() {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean listens(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			return socket.isConnected();
		}
	}

	/** Tells how many keys are in its Redis. */
	long keys() {
		try (var connection = this.redis.connect()) {
			return connection.sync().dbsize();
		}
	}

	/** Asks it to end, as a container does, and tells whether it did. */
	boolean stop() throws InterruptedException {
		this.process.destroy();
		return this.process.waitFor(10, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		this.redis.close();
	}

}
