package dev.ablyauth.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ablyauth.standin.AblyAddress;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Apps are made as Ably's sandbox makes them, and no answer of it does harm.
 */
class SandboxAppTests {

	private static final String KEY = "{\"keyName\":\"appId.k%1$s\",\"keySecret\":\"secret-%1$s-0123456789\","
			+ "\"keyStr\":\"appId.k%1$s:secret-%1$s-0123456789\",\"capability\":\"{}\",\"status\":0}";

	private final List<String> requests = new ArrayList<>();

	private final HttpServer server = server();

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private static HttpServer server() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void createWhenAnsweredAsDocumentedThenHasItsKeysAndIsDeleted() {
		answer(201, app(KEY.formatted(1), KEY.formatted(2), KEY.formatted(3), KEY.formatted(4)));
		try (SandboxApp app = create()) {
			assertThat(app.key(AppKey.WHOLE)).isEqualTo("appId.k1:secret-1-0123456789");
			assertThat(app.key(AppKey.NARROW)).isEqualTo("appId.k4:secret-4-0123456789");
		}
		assertThat(this.requests).containsExactly(
				"POST /apps null {\"keys\":[{\"capability\":\"{\\\"[*]*\\\":[\\\"*\\\"]}\"},"
						+ "{\"capability\":\"{\\\"[*]*\\\":[\\\"*\\\"]}\",\"revocableTokens\":true},"
						+ "{\"capability\":\"{\\\"[*]*\\\":[\\\"*\\\"]}\",\"revocableTokens\":true},"
						+ "{\"capability\":\"{\\\"narrow:*\\\":[\\\"history\\\"]}\"}],\"namespaces\":[]}",
				"DELETE /apps/appId Basic YXBwSWQuazE6c2VjcmV0LTEtMDEyMzQ1Njc4OQ== ");
	}

	@Test
	void createWhenAtTheStandInThenItsKeysAreGoneAtTheEnd() {
		try (AblyStandIn standIn = AblyStandIn.sandbox(StandInSettings.notRevocable())) {
			try (SandboxApp app = new SandboxApp(standIn.address())) {
				assertThat(standIn.apps()).containsExactly(app.key(AppKey.WHOLE).replaceFirst("\\..*", ""));
			}
			assertThat(standIn.apps()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "<html>secret-1-0123456789</html>", "{\"appId\":\"appId\"}",
			"{\"appId\":\"appId\",\"keys\":[]}", "{\"appId\":\"appId\",\"keys\":{}}",
			"{\"appId\":\"appId\",\"keys\":[1,2,3,4]}", "{\"appId\":1,\"keys\":[{\"keyStr\":\"secret-1-0123456789\"" })
	void createWhenTheAnswerIsDamagedThenSaysSoWithoutIt(String body) {
		answer(201, body);
		assertThatIllegalStateException().isThrownBy(this::create)
			.withMessageStartingWith("The sandbox at 127.0.0.1 made no app: ")
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("no app")
				.message()
				.doesNotContain("secret-1-0123456789"));
	}

	@Test
	void createWhenAKeyIsOfAnotherAppOrMissingThenSaysSo() {
		String other = KEY.formatted(4).replace("appId", "other");
		answer(201, app(KEY.formatted(1), KEY.formatted(2), KEY.formatted(3), other));
		assertThatIllegalStateException().isThrownBy(this::create).withMessageEndingWith("keys that were asked for");
		answer(201, app(KEY.formatted(1), KEY.formatted(2), KEY.formatted(3)));
		assertThatIllegalStateException().isThrownBy(this::create).withMessageEndingWith("keys that were asked for");
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 401, 404, 429, 500, 503 })
	void createWhenRefusedThenSaysTheStatus(int status) {
		answer(status, app(KEY.formatted(1), KEY.formatted(2), KEY.formatted(3), KEY.formatted(4)));
		assertThatIllegalStateException().isThrownBy(this::create).withMessageEndingWith("status " + status);
	}

	@Test
	void createWhenNobodyIsThereOrTheAnswerNeverEndsThenSaysSo() {
		this.server.createContext("/apps", (exchange) -> {
			exchange.sendResponseHeaders(201, 1000);
			exchange.getResponseBody().write('{');
			exchange.getResponseBody().flush();
		});
		assertThatIllegalStateException().isThrownBy(() -> new SandboxApp(address(), Duration.ofMillis(300)))
			.withMessageEndingWith("no answer in time");
		this.server.stop(0);
		assertThatIllegalStateException().isThrownBy(this::create).withMessageContaining("no answer, ");
	}

	@Test
	void closeWhenTheAppCannotBeDeletedThenNoTestFails() {
		answer(201, app(KEY.formatted(1), KEY.formatted(2), KEY.formatted(3), KEY.formatted(4)));
		SandboxApp app = create();
		answer(500, "");
		app.close();
		this.server.stop(0);
		app.close();
		assertThat(this.requests).hasSize(2).last().asString().startsWith("DELETE /apps/appId ");
	}

	private SandboxApp create() {
		return new SandboxApp(address(), Duration.ofSeconds(10));
	}

	private AblyAddress address() {
		return new AblyAddress("127.0.0.1", this.server.getAddress().getPort(), false);
	}

	private static String app(String... keys) {
		return "{\"accountId\":\"account\",\"appId\":\"appId\",\"keys\":[" + String.join(",", keys)
				+ "],\"namespaces\":[]}";
	}

	private void answer(int status, String body) {
		try {
			this.server.removeContext("/");
		}
		catch (IllegalArgumentException ex) {
			// it is the first answer
		}
		this.server.createContext("/", (exchange) -> answer(exchange, status, body));
	}

	private void answer(HttpExchange exchange, int status, String body) throws IOException {
		try (exchange) {
			String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
					+ exchange.getRequestHeaders().getFirst("Authorization") + " " + sent);
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(status, (bytes.length == 0) ? -1 : bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

}
