package dev.ablyauth.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.nimbusds.jose.jwk.RSAKey;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.session.JwksServer;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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

	private Names names;

	private JwksServer idp;

	private AblyStandIn ably;

	private List<BrokenWire> wires;

	private ServerProcess server;

	@BeforeEach
	void start() {
		this.names = new Names();
		this.idp = JwksServer.start(KNOWN);
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.notRevocable());
		this.wires = List.of(new BrokenWire(this.idp.port()), new BrokenWire(this.ably.port()));
		String jwt = "ably-auth.sessions.jwt[1].";
		this.server = ServerProcess
			.start(this.names.way(), "ably-auth.ably.rest-url=http://localhost:" + this.wires.get(1).port(),
					"ably-auth.ably.clock=ably", "ably-auth.ably.time-check=10s", jwt + "issuer=" + ISSUER,
					jwt + "audiences=my-app", jwt + "user-id-prefix=n-",
					jwt + "jwks-uri=http://localhost:" + this.wires.get(0).port() + "/jwks")
			.ready();
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.wires.forEach(BrokenWire::close);
		this.ably.close();
		this.idp.close();
		this.names.close();
	}

	private static String session(RSAKey key) {
		return AppTokens.rs256(ISSUER, key)
			.subject("dora")
			.audience("my-app")
			.expiresIn(Duration.ofMinutes(50))
			.token();
	}

	/** Connections that are there need no names. */
	private void hangUp() {
		this.wires.forEach((wire) -> {
			wire.cut();
			wire.mend();
		});
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
		hangUp();
		Eventually.is(BACK, () -> this.server.output().contains("Ably's time cannot be learnt"), this.server::output);
		this.idp.keys(KNOWN, NEXT);
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
