package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * HAProxy on the loopback before two servers, which asks each for its readiness twice a
 * second and never sends a request a second time.
 */
final class Balancer implements AutoCloseable {

	private static final String SETTINGS = """
			global
			    maxconn 1000
			    log stdout format raw local0
			defaults
			    mode http
			    log global
			    option httplog
			    option dontlog-normal
			    timeout connect 2s
			    timeout client 60s
			    timeout server 30s
			    timeout check 2s
			    retries 0
			frontend clients
			    bind 127.0.0.1:%d
			    default_backend servers
			frontend watch
			    bind 127.0.0.1:%d
			    monitor-uri /both
			    monitor fail if { nbsrv(servers) lt 2 }
			backend servers
			    balance roundrobin
			    option httpchk GET /readyz
			    default-server check inter 500ms fall 2 rise 2
			    server one 127.0.0.1:%d
			    server other 127.0.0.1:%d
			""";

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final int port = freePort();

	private final Process process;

	private final Caller watch;

	/**
	 * Starts it.
	 * @param folder for its settings and its log, in which are requests that failed and
	 * servers that went and came
	 * @param one the port of a server
	 * @param other the port of the other server
	 */
	Balancer(Path folder, int one, int other) {
		int watched = freePort();
		this.watch = new Caller(watched);
		try {
			Path settings = Files.writeString(folder.resolve("haproxy.cfg"),
					SETTINGS.formatted(this.port, watched, one, other));
			this.process = new ProcessBuilder(List.of("haproxy", "-db", "-f", settings.toString()))
				.redirectErrorStream(true)
				.redirectOutput(folder.resolve("haproxy.log").toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Finds a port where nobody listens now. */
	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns when it sends requests to both. */
	Balancer hasBoth() {
		Eventually.is(LONGEST, () -> this.watch.get("/both").status() == 200, () -> "HAProxy misses a server");
		return this;
	}

	Caller call() {
		return new Caller(this.port);
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
