package dev.ablyauth.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Where AWS publishes the keys of load balancers, on 127.0.0.1: a PEM text for each kid,
 * 403 for any other path. Writes down what was asked for.
 */
public final class AlbKeyServer implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Map<String, String> keys = new ConcurrentHashMap<>();

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private volatile int status = 200;

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private AlbKeyServer(HttpServer server) {
		this.server = server;
		server.setExecutor(this.threads);
		server.createContext("/", this::serve);
		server.start();
	}

	/** Starts a server that publishes the public halves of these keys. */
	public static AlbKeyServer start(ECKey... keys) {
		try {
			AlbKeyServer server = new AlbKeyServer(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
			for (ECKey key : keys) {
				server.put(key.getKeyID(), pem(key));
			}
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The public half as AWS writes it. */
	static String pem(ECKey key) {
		try {
			String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' })
				.encodeToString(key.toECPublicKey().getEncoded());
			return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What {@code key-uri} must be. */
	public String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/keys";
	}

	/** Every path that was asked for, as it came, in its order. */
	public List<String> asked() {
		return List.copyOf(this.asked);
	}

	void put(String kid, String text) {
		this.keys.put("/keys/" + kid, text);
	}

	void remove(String kid) {
		this.keys.remove("/keys/" + kid);
	}

	/** Answers every request with this. */
	public void status(int newStatus) {
		this.status = newStatus;
	}

	/** Answers nothing until {@link #release()}. */
	void hold() {
		this.gate = new CountDownLatch(1);
	}

	void release() {
		this.gate.countDown();
	}

	private void serve(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getRawPath();
		this.asked.add(path);
		try (exchange) {
			this.gate.await();
			String key = this.keys.get(path);
			byte[] body = ((key != null) ? key : "<Error><Code>AccessDenied</Code></Error>")
				.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders((key != null || this.status != 200) ? this.status : 403, body.length);
			exchange.getResponseBody().write(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.gate.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
