package dev.ablyauth.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody sets the clock of the machine while tokens are asked for. The tests have the
 * right one.
 */
@Tag("long")
class ClockJumpTests {

	/** What the policy gives. */
	private static final Duration LIFE = Duration.ofHours(1);

	/** How far tokens are set back, and how long the way to the server may take. */
	private static final Duration BEHIND = Duration.ofSeconds(7);

	private static final Duration NOTICED = Duration.ofSeconds(2);

	private static final Duration SOON = Duration.ofSeconds(60);

	private final Instant begun = Instant.now();

	private final long begunAt = System.nanoTime();

	private FakeClock clock;

	private AblyStandIn ably;

	@BeforeEach
	void start() {
		Assumptions.assumeTrue(FakeClock.library().isPresent(), "libfaketime is not there");
		this.clock = new FakeClock();
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.notRevocable());
	}

	@AfterEach
	void stop() {
		if (this.clock != null) {
			this.clock.close();
			this.ably.close();
		}
	}

	private ServerProcess server(String source) {
		return ServerProcess
			.startIn(this.clock.environment(), "ably-auth.ably.clock=" + source, "ably-auth.token.jitter=0",
					"ably-auth.rate-limit.per-user=30/30s",
					"ably-auth.ably.rest-url=http://127.0.0.1:" + this.ably.port())
			.ready();
	}

	private static void awaitAblysTime(ServerProcess server) {
		Eventually.is(SOON, () -> health(server).contains("\"ablysTimeCounts\":true"), () -> health(server));
	}

	@ParameterizedTest
	@ValueSource(longs = { 3600, -3600, 86_400, -86_400, -2 })
	void tokensWhenTheClockIsSetThenDatedRightDenialsHoldAndLimitsGoOn(long seconds) {
		try (ServerProcess server = server("ably"); SteadyAsking asking = new SteadyAsking(server.call())) {
			awaitAblysTime(server);
			denyForHalfAnHour(server, "denied");
			Eventually.pause(3000);
			taken(server, "eager");
			long set = System.nanoTime();
			this.clock.set(Duration.ofSeconds(seconds));
			Duration noticed = awaitJump(server, seconds);
			assertThat(server.call().token("denied").status()).isEqualTo(403);
			assertThat(taken(server, "eager")).isLessThan(20);
			Eventually.pause(12_000);
			assertThat(server.call().token("denied").status()).isEqualTo(403);
			assertThat(taken(server, "eager")).isGreaterThanOrEqualTo(10);
			assertThat(server.call().get("/readyz").status()).isEqualTo(200);
			assertThat(meter(server, "clock_jumps_total")).isOne();
			assertThat(meter(server, "deny_list_age_seconds")).isLessThan(5);
			assertThat(health(server).contains("more than 30 s from the one of this machine"))
				.isEqualTo(Math.abs(seconds) > 30);
			double offset = meter(server, "clock_offset_seconds");
			assertThat(offset).isBetween(-seconds - 1.0, -seconds + 1.0);
			this.clock.set(Duration.ZERO);
			awaitJump(server, -seconds);
			Eventually.pause(3000);
			assertThat(health(server)).doesNotContain("from the one of this machine");
			List<Answer> answers = asking.since(set);
			assertAllGood(answers);
			System.out.printf("set by %d s: noticed after %d ms, %d tokens, %s%n", seconds, noticed.toMillis(),
					answers.size(), spread(answers));
		}
	}

	@Test
	void tokensWhenTheClockDriftsThenDatedRightAndNoJump() {
		try (ServerProcess server = server("ably"); SteadyAsking asking = new SteadyAsking(server.call())) {
			awaitAblysTime(server);
			long begins = System.nanoTime();
			for (int tick = 1; tick <= 600; tick++) {
				Eventually.pause(50);
				this.clock.set(Duration.ofNanos((System.nanoTime() - begins) / 20));
			}
			List<Answer> answers = asking.since(begins);
			assertAllGood(answers);
			assertThat(meter(server, "clock_jumps_total")).isZero();
			System.out.printf("drift of 5 %%: %.1f s off, %d tokens, %s%n", -meter(server, "clock_offset_seconds"),
					answers.size(), spread(answers));
		}
	}

	/** The operator has said that this clock counts, right or wrong. */
	@Test
	void tokensWhenTheOwnClockCountsThenByItAndNoDenialIsForgotten() {
		try (ServerProcess server = server("own")) {
			denyForHalfAnHour(server, "denied");
			this.clock.set(Duration.ofMinutes(40));
			Duration noticed = awaitJump(server, 2400);
			Eventually.pause(1500);
			Instant issued = JWT.decode(server.call().token("ann").body()).getIssuedAtAsInstant();
			assertThat(Duration.between(Instant.now(), issued).toMinutes()).isBetween(39L, 40L);
			assertThat(server.call().token("denied").status()).isEqualTo(200);
			this.clock.set(Duration.ZERO);
			awaitJump(server, -2400);
			Eventually.is(SOON, () -> server.call().token("denied").status() == 403, server::output);
			System.out.printf("own clock: noticed after %d ms%n", noticed.toMillis());
		}
	}

	private static void denyForHalfAnHour(ServerProcess server, String user) {
		Answer denied = server.call()
			.post("/admin/denials", "{\"target\":{\"userId\":\"" + user + "\"},\"reason\":\"a test\",\"until\":\""
					+ Instant.now().plus(Duration.ofMinutes(30)) + "\"}");
		assertThat(denied.status()).as("%s", denied).isEqualTo(201);
		assertThat(server.call().token(user).status()).isEqualTo(403);
	}

	/** How many tokens one gets who asks too often; the limit gives one a second. */
	private static long taken(ServerProcess server, String user) {
		return IntStream.range(0, 40).filter((i) -> server.call().token(user).status() == 200).count();
	}

	private static Duration awaitJump(ServerProcess server, long seconds) {
		String line = "The clock of this machine has jumped by " + seconds + ".";
		String other = "The clock of this machine has jumped by "
				+ ((seconds < 0) ? (seconds + 1) + ".9" : (seconds - 1) + ".9");
		Duration took = Eventually.is(SOON, () -> server.output().contains(line) || server.output().contains(other),
				server::output);
		assertThat(took).isLessThan(NOTICED);
		return took;
	}

	private void assertAllGood(List<Answer> answers) {
		assertThat(SteadyAsking.statuses(answers)).containsOnlyKeys(200);
		assertThat(answers).hasSizeGreaterThan(1000).allSatisfy((answer) -> {
			DecodedJWT jwt = JWT.decode(answer.body());
			assertThat(Duration.between(when(answer.begunAt()), jwt.getExpiresAtAsInstant())).isLessThan(LIFE);
			assertThat(jwt.getIssuedAtAsInstant()).isBetween(when(answer.begunAt()).minus(BEHIND),
					when(answer.endedAt()));
		});
	}

	/** How far tokens were set back, by the right clock. */
	private String spread(List<Answer> answers) {
		long[] millis = answers.stream()
			.mapToLong((answer) -> Duration
				.between(JWT.decode(answer.body()).getIssuedAtAsInstant(), when(answer.begunAt()))
				.toMillis())
			.sorted()
			.toArray();
		return "dated " + millis[0] + " to " + millis[millis.length - 1] + " ms before they were asked for";
	}

	private Instant when(long nanos) {
		return this.begun.plusNanos(nanos - this.begunAt);
	}

	private static String health(ServerProcess server) {
		return server.call().get("/actuator/health").body();
	}

	private static double meter(ServerProcess server, String name) {
		Matcher value = Pattern.compile("^" + name + "(?:\\{.*})? (.+)$", Pattern.MULTILINE)
			.matcher(server.call().get("/actuator/prometheus").body());
		assertThat(value.find()).as(name).isTrue();
		return Double.parseDouble(value.group(1));
	}

}
