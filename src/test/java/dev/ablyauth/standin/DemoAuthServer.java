package dev.ablyauth.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The smallest auth endpoint that will do: {@code /jwt} and {@code /token-request} sign
 * for one user, or answer with the status the test has set.
 */
final class DemoAuthServer implements AutoCloseable {

	static final String CAPABILITY = "{\"allowed\":[\"presence\",\"publish\",\"subscribe\"],\"read\":[\"subscribe\"]}";

	private final AtomicInteger requests = new AtomicInteger();

	private final StandInKey key;

	private final HttpServer server;

	private volatile int status = 200;

	private volatile @Nullable String clientId = "user-123";

	DemoAuthServer(String keyName, String keySecret) {
		this.key = new StandInKey(keyName, keySecret, StandInCapability.parse("{}"), false);
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/jwt", (exchange) -> answer(exchange, "application/jwt", jwt()));
		this.server.createContext("/token-request", (exchange) -> answer(exchange, "application/json", tokenRequest()));
		this.server.start();
	}

	void answerWith(int newStatus) {
		this.status = newStatus;
	}

	void signFor(@Nullable String newClientId) {
		this.clientId = newClientId;
	}

	int requests() {
		return this.requests.get();
	}

	URI url(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path);
	}

	String jwt() {
		return jwt(Json.object());
	}

	/** A JWT with these claims added, or in place of the usual ones. */
	String jwt(ObjectNode more) {
		long now = Instant.now().getEpochSecond() - 5;
		ObjectNode header = Json.object().put("alg", "HS256").put("typ", "JWT").put("kid", this.key.name());
		ObjectNode claims = Json.object()
			.put("iat", now)
			.put("exp", now + 600)
			.put("jti", UUID.randomUUID().toString())
			.put("x-ably-capability", CAPABILITY);
		String identity = this.clientId;
		if (identity != null) {
			claims.put("x-ably-clientId", identity);
		}
		claims.setAll(more);
		String text = base64url(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
				+ base64url(claims.toString().getBytes(StandardCharsets.UTF_8));
		return text + "." + base64url(this.key.hmac(text));
	}

	String tokenRequest() {
		long now = System.currentTimeMillis();
		String identity = Objects.requireNonNull(this.clientId);
		String nonce = UUID.randomUUID().toString();
		String text = String.join("\n", this.key.name(), "600000", CAPABILITY, identity, Long.toString(now), nonce, "");
		return Json.object()
			.put("keyName", this.key.name())
			.put("ttl", 600000)
			.put("capability", CAPABILITY)
			.put("clientId", identity)
			.put("timestamp", now)
			.put("nonce", nonce)
			.put("mac", Base64.getEncoder().encodeToString(this.key.hmac(text)))
			.toString();
	}

	private static String base64url(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	private void answer(HttpExchange exchange, String contentType, String body) throws IOException {
		try (exchange) {
			this.requests.incrementAndGet();
			int now = this.status;
			ObjectNode error = Json.object().put("code", now * 100).put("statusCode", now).put("message", "no");
			String text = (now == 200) ? body : Json.object().set("error", error).toString();
			exchange.getResponseHeaders().set("Content-Type", (now == 200) ? contentType : "application/json");
			exchange.sendResponseHeaders(now, text.length());
			exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
