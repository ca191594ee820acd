package dev.ablyauth.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The key server of an issuer on 127.0.0.1, and how it can go wrong. It serves
 * {@code /jwks} and {@code /.well-known/openid-configuration}, and counts.
 */
public final class JwksServer implements AutoCloseable {

	private static final String DISCOVERY = "/.well-known/openid-configuration";

	private static final Duration DRIP = Duration.ofMillis(50);

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Semaphore arrived = new Semaphore(0);

	private final AtomicInteger fetches = new AtomicInteger();

	private final AtomicInteger discoveries = new AtomicInteger();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean drips;

	private volatile int status = 200;

	private volatile @Nullable URI redirect;

	private volatile String body = "{\"keys\":[]}";

	private volatile String discovery;

	private JwksServer(HttpServer server) {
		this.server = server;
		this.discovery = discovery(issuer(), jwksUri().toString());
		server.setExecutor(this.threads);
		server.createContext("/", this::serve);
		server.start();
	}

	/** Starts a server that publishes the public halves of these keys. */
	public static JwksServer start(JWK... keys) {
		try {
			JwksServer server = new JwksServer(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			server.keys(keys);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The name of this issuer, where discovery works. */
	public String issuer() {
		return "http://127.0.0.1:" + port();
	}

	public URI jwksUri() {
		return URI.create(issuer() + "/jwks");
	}

	public int port() {
		return this.server.getAddress().getPort();
	}

	/** How often the keys were asked for. */
	public int fetches() {
		return this.fetches.get();
	}

	/** How often the discovery document was asked for. */
	public int discoveries() {
		return this.discoveries.get();
	}

	/** How often anything was asked for. */
	public int requests() {
		return this.requests.get();
	}

	public void keys(JWK... keys) {
		this.body = new JWKSet(List.of(keys)).toString(true);
	}

	/** Answers with this text instead of keys. */
	public void body(String text) {
		this.body = text;
	}

	/** Answers with the keys and so many spaces that the body is that long. */
	public void bodyOfSize(int bytes) {
		String keys = this.body;
		this.body = keys + " ".repeat(bytes - keys.length());
	}

	/** Answers with this discovery document. */
	public void discovery(String text) {
		this.discovery = text;
	}

	/** A discovery document. */
	public static String discovery(String issuer, String jwksUri) {
		return new JsonMapper().writeValueAsString(Map.of("issuer", issuer, "jwks_uri", jwksUri));
	}

	public void status(int newStatus) {
		this.status = newStatus;
	}

	/** Answers with a redirect to another address, of the status set or 302. */
	public void redirect(URI target) {
		this.redirect = target;
	}

	/** Answers that much later. */
	public void delay(Duration newDelay) {
		this.delay = newDelay;
	}

	/** Sends the headers at once, and then one byte now and then. */
	public void drip() {
		this.drips = true;
	}

	/** Answers nothing until {@link #release()}. */
	public void hold() {
		this.gate = new CountDownLatch(1);
	}

	public void release() {
		this.gate.countDown();
	}

	/** Forgets the requests that have come, so that the next one can be waited for. */
	public void drainRequests() {
		this.arrived.drainPermits();
	}

	/** Waits until one more request has come. */
	public void awaitRequest() {
		try {
			if (!this.arrived.tryAcquire(10, TimeUnit.SECONDS)) {
				throw new AssertionError("nobody asked for keys");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void serve(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		this.requests.incrementAndGet();
		(path.equals(DISCOVERY) ? this.discoveries : this.fetches).incrementAndGet();
		this.arrived.release();
		try (exchange) {
			this.gate.await();
			pause(this.delay);
			URI target = this.redirect;
			if (target != null) {
				exchange.getResponseHeaders().set("Location", target.toString());
				exchange.sendResponseHeaders((this.status != 200) ? this.status : 302, -1);
				return;
			}
			answer(exchange, path.equals(DISCOVERY) ? this.discovery : this.body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void answer(HttpExchange exchange, String text) throws IOException, InterruptedException {
		byte[] bytes = ((this.status != 204) ? text : "").getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(this.status, (bytes.length > 0) ? bytes.length : -1);
		try (OutputStream out = exchange.getResponseBody()) {
			if (!this.drips) {
				out.write(bytes);
				return;
			}
			for (int i = 0; i < bytes.length && !pause(DRIP); i++) {
				out.write(bytes[i]);
				out.flush();
			}
		}
	}

	/** Waits, and tells whether the server was closed meanwhile. */
	private boolean pause(Duration time) throws InterruptedException {
		return this.closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.gate.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
