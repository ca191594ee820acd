package dev.ablyauth.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpServer;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traces, as a collector of OpenTelemetry receives them.
 */
class TracesTests {

	private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	@Test
	void tracesWhenOnThenSpansThatShowNothingOfWhatWasSent() throws IOException {
		try (Collector collector = new Collector()) {
			String session = TestServer.session("canary-user-0123456789", Map.of("roles", List.of("member")));
			String signature = session.substring(session.lastIndexOf('.') + 1);
			try (TestServer server = TestServer.start(AdminTokens.settings("management.opentelemetry.enabled=true",
					"management.tracing.sampling.probability=1.0",
					"management.opentelemetry.tracing.export.otlp.endpoint=" + collector.uri(),
					"management.observations.enable.http.server.requests=true"))) {
				Http.get(server.uri("/api/ably-jwt?access_token=" + session + "&clientId=canary-query-0123456789"),
						"Authorization", "Bearer " + session, "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
				Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + session);
				Http.get(server.uri("/api/" + session), "Authorization", "Bearer " + session);
				Http.get(server.uri("/admin/canary-path-0123456789"), "Authorization", "Bearer " + AdminTokens.ALL);
				Http.get(server.uri("/admin/denials"), "Authorization", "Bearer " + AdminTokens.ALL);
				Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + session, TestServer.BREAK, "yes");
				Http.send("CANARY-METHOD-0123456789", server.uri("/api/ably-jwt"), HttpRequest.BodyPublishers.noBody(),
						"Authorization", "Bearer " + session);
			}
			// Closing the server sends what waits.
			String received = collector.received();
			assertThat(received).contains("/api/ably-jwt", "ably-auth-server", "IllegalStateException");
			assertThat(received.toLowerCase(Locale.ROOT)).doesNotContain("canary", "secret-in-exception",
					"broken on purpose", signature.toLowerCase(Locale.ROOT),
					TestKeys.KEY_SECRET.toLowerCase(Locale.ROOT), "access_token");
		}
	}

	@ParameterizedTest
	@CsvSource({ "W3C, true", "'', false" })
	void tracesWhenAClientSaysThatItIsSampledThenOnlyIfThatHeaderIsRead(String consume, boolean sampled)
			throws IOException {
		try (Collector collector = new Collector()) {
			try (TestServer server = TestServer.start("management.opentelemetry.enabled=true",
					"management.tracing.sampling.probability=0", "management.tracing.propagation.consume=" + consume,
					"management.opentelemetry.tracing.export.otlp.endpoint=" + collector.uri(),
					"management.observations.enable.http.server.requests=true")) {
				assertThat(Http
					.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann(), "traceparent",
							"00-" + TRACE + "-b7ad6b7169203331-01")
					.statusCode()).isEqualTo(200);
			}
			assertThat(collector.received().isEmpty()).isNotEqualTo(sampled);
		}
	}

	/** Those of a server that was stopped before may be there for a while. */
	private static Set<Thread> exporting() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().contains("BatchSpan"))
			.collect(Collectors.toSet());
	}

	@Test
	void tracesWhenNotSwitchedOnThenNothingIsSentAnywhere() throws IOException {
		Set<Thread> before = exporting();
		try (Collector collector = new Collector()) {
			try (TestServer server = TestServer
				.start("management.opentelemetry.tracing.export.otlp.endpoint=" + collector.uri())) {
				Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann());
				assertThat(exporting()).isSubsetOf(before);
			}
			assertThat(collector.received()).isEmpty();
		}
	}

	/**
	 * Takes whatever is sent.
	 */
	private static final class Collector implements AutoCloseable {

		private final HttpServer http;

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		Collector() throws IOException {
			this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			this.http.createContext("/", (exchange) -> {
				synchronized (this.body) {
					exchange.getRequestBody().transferTo(this.body);
				}
				exchange.sendResponseHeaders(200, -1);
				exchange.close();
			});
			this.http.start();
		}

		String uri() {
			return "http://127.0.0.1:" + this.http.getAddress().getPort() + "/v1/traces";
		}

		String received() {
			synchronized (this.body) {
				return this.body.toString(StandardCharsets.ISO_8859_1);
			}
		}

		@Override
		public void close() {
			this.http.stop(0);
		}

	}

}
