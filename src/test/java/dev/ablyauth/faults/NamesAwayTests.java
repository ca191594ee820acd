package dev.ablyauth.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.session.OwnCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * DNS that does not know where an issuer and Ably are, or does not answer at all, while
 * users ask for tokens.
 */
@Tag("long")
class NamesAwayTests {

	/** A JVM remembers an address for 30 s. */
	private static final Duration FORGOTTEN = Duration.ofSeconds(35);

	/** It remembers for 10 s that there is none, and keys are fetched each 30 s. */
	private static final Duration BACK = Duration.ofMinutes(1);

	private static final String ISSUER = "https://names.example/";

	private static final RSAKey KNOWN = AppTokens.rsaKey("known");

	private static final RSAKey NEXT = AppTokens.rsaKey("next");

	private final Names names = new Names("idp.names.test", "ably.names.test");

	@TempDir
	private Path folder;

	/** The issuer and Ably, at one port. */
	private HttpsServer both;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private volatile String keys = new JWKSet(KNOWN).toString(true);

	private BrokenWire wire;

	private ServerProcess server;

	@BeforeEach
	void start() throws Exception {
		OwnCertificate certificate = new OwnCertificate(this.folder, "*.names.test");
		this.both = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.both.setHttpsConfigurator(new HttpsConfigurator(certificate.tls()));
		this.both.setExecutor(this.threads);
		this.both.createContext("/jwks", (exchange) -> answer(exchange, this.keys));
		this.both.createContext("/time", (exchange) -> answer(exchange, "[" + Instant.now().toEpochMilli() + "]"));
		this.both.start();
		this.wire = new BrokenWire(this.both.getAddress().getPort());
		String jwt = "ably-auth.sessions.jwt[1].";
		this.server = ServerProcess
			.start(ServerProcess.Way.jvm(this.names.option(), certificate.trust()),
					"ably-auth.ably.rest-url=https://ably.names.test:" + this.wire.port(), "ably-auth.ably.clock=ably",
					"ably-auth.ably.time-check=10s", jwt + "issuer=" + ISSUER, jwt + "audiences=my-app",
					jwt + "user-id-prefix=n-", jwt + "jwks-uri=https://idp.names.test:" + this.wire.port() + "/jwks")
			.ready();
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.wire.close();
		this.both.stop(0);
		this.threads.shutdownNow();
		this.names.close();
	}

	private static String session(RSAKey key) {
		return AppTokens.rs256(ISSUER, key)
			.subject("dora")
			.audience("my-app")
			.expiresIn(Duration.ofMinutes(50))
			.token();
	}

	@Test
	void tokensWhenNamesAreUnknownOrNotToldThenAsBeforeAndAllIsWellByItself() {
		String known = session(KNOWN);
		Eventually.is(BACK, () -> ask(known).status() == 200 && said("\"ablysTimeCounts\":true"), this.server::output);
		long threads = this.server.status("Threads");
		long begun = System.nanoTime();
		try (SteadyAsking asking = new SteadyAsking((number) -> ask(known))) {
			assertAway(session(NEXT));
			assertNobodyWaitsForLong(session(NEXT), threads);
			assertBack(session(NEXT));
			List<Answer> all = asking.since(begun);
			System.out.printf("known keys meanwhile: %s, p99 %d ms, the slowest after %d ms%n",
					SteadyAsking.statuses(all), SteadyAsking.p99(all), slowest(all));
			assertThat(SteadyAsking.statuses(all)).containsOnlyKeys(200);
			assertThat(slowest(all)).isLessThan(1500);
		}
	}

	private void assertAway(String next) {
		this.names.areUnknown();
		Eventually.pause(FORGOTTEN.toMillis());
		// Connections that are there need no names.
		this.wire.cut();
		this.wire.mend();
		Eventually.is(BACK, () -> this.server.output().contains("Ably's time cannot be learnt"), this.server::output);
		this.keys = new JWKSet(List.of(KNOWN, NEXT)).toString(true);
		Eventually.is(BACK, () -> ask(next).status() == 503, this.server::output);
		assertThat(said("its keys cannot be fetched")).isTrue();
	}

	private void assertNobodyWaitsForLong(String next, long threads) {
		this.names.areSlow();
		List<Answer> strangers = new ArrayList<>();
		for (int second = 0; second < 60; second++) {
			strangers.add(ask(next));
			Eventually.pause(1000);
		}
		System.out.printf("nobody tells names: an unknown key %s, the slowest after %d ms; %d threads, %d before%n",
				SteadyAsking.statuses(strangers), slowest(strangers), this.server.status("Threads"), threads);
		assertThat(SteadyAsking.statuses(strangers)).containsOnlyKeys(503);
		assertThat(slowest(strangers)).as("one has waited for a fetch").isBetween(1500L, 4000L);
		assertThat(this.server.status("Threads")).isLessThan(threads + 40);
	}

	private void assertBack(String next) {
		this.names.areKnown();
		Duration keys = Eventually.is(BACK, () -> ask(next).status() == 200, this.server::output);
		Duration time = Eventually.is(BACK, () -> this.server.output().contains("Ably's time is known again"),
				this.server::output);
		System.out.printf("keys were fetched after %d ms, and Ably's time was learnt %d ms later%n", keys.toMillis(),
				time.toMillis());
	}

	private Answer ask(String session) {
		return this.server.call().tokenOf(session);
	}

	private boolean said(String words) {
		return this.server.call().get("/actuator/health").body().contains(words);
	}

	private static long slowest(List<Answer> answers) {
		return answers.stream().mapToLong(Answer::millis).max().orElseThrow();
	}

}
