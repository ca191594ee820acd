package dev.ablyauth.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.remote.FaultLog;
import dev.ablyauth.remote.RedisAddress;
import dev.ablyauth.session.MutableClock;
import dev.ablyauth.springapp.TestRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits that two instances count together in a real Redis, and what becomes of them when
 * it is away.
 */
class SharedLimitTests {

	private TestRedis redis;

	private TestServer one;

	private TestServer other;

	@BeforeEach
	void start() {
		this.redis = new TestRedis();
		this.one = server();
		this.other = server();
	}

	@AfterEach
	void stop() {
		this.one.close();
		this.other.close();
		this.redis.close();
	}

	private TestServer server() {
		return TestServer.start("ably-auth.rate-limit.redis=" + this.redis.url(), "ably-auth.rate-limit.per-user=3/1h");
	}

	@Test
	void tokenThenBothInstancesCountTogetherAndAUserIsNotNamed() {
		assertThat(ask(this.one, "ann", 2)).containsOnly(200);
		assertThat(ask(this.other, "ann", 3)).containsExactly(200, 503, 503);
		assertThat(ask(this.one, "ann", 1)).containsExactly(503);
		assertThat(ask(this.one, "bob", 1)).containsExactly(200);
		try (StatefulRedisConnection<String, byte[]> connection = this.redis.connect()) {
			List<String> keys = connection.sync().keys("ably-auth:limit:*");
			assertThat(keys).hasSize(2).allSatisfy((key) -> {
				assertThat(key).matches("ably-auth:limit:user:[0-9a-f]{16}");
				assertThat(connection.sync().ttl(key)).isBetween(1L, 3700L);
			});
		}
	}

	/** KILL is refused at once, and STOP does not answer. */
	@ParameterizedTest
	@ValueSource(strings = { "KILL", "STOP" })
	void tokenWhenRedisIsAwayThenEachInstanceCountsByItselfAndSaysSo(String signal) {
		assertThat(ask(this.one, "ann", 3)).containsOnly(200);
		try (LogLines lines = new LogLines(FaultLog.class)) {
			this.redis.signal(signal);
			assertThat(ask(this.other, "ann", 4)).containsExactly(200, 200, 200, 503);
			for (int i = 0; i < 40; i++) {
				assertThat(ask(this.other, "user-" + i, 1)).containsExactly(200);
			}
			assertThat(lines.of(Level.WARN))
				.anySatisfy((line) -> assertThat(line).endsWith("each instance counts by itself"))
				.allSatisfy((line) -> assertThat(line).startsWith("The Redis of ably-auth.rate-limit.redis "));
		}
		finally {
			if (signal.equals("STOP")) {
				this.redis.signal("CONT");
			}
		}
	}

	@Test
	void tokenWhenRedisIsBackThenBothCountTogetherAgain() {
		this.redis.signal("KILL");
		assertThat(ask(this.one, "ann", 1)).containsExactly(200);
		this.redis.restart();
		assertThat(ask(this.one, "bob", 2)).containsOnly(200);
		assertThat(ask(this.other, "bob", 2)).containsExactly(200, 503);
	}

	/** Not by the clock of the machine, which somebody may set. */
	@Test
	void isLeftThenByTheTimeOfTheServer() {
		MutableClock clock = new MutableClock(Instant.parse("2020-01-01T00:00:00Z"));
		Rate rate = Rate.parse("2/10s").orElseThrow();
		try (RedisBuckets buckets = new RedisBuckets(new RedisAddress(this.redis.url(), null, null), clock,
				Ticker.systemTicker())) {
			assertThat(List.of(buckets.isLeft("a", "ann", rate), buckets.isLeft("a", "ann", rate),
					buckets.isLeft("a", "ann", rate)))
				.containsExactly(true, true, false);
			clock.advance(Duration.ofSeconds(5));
			assertThat(List.of(buckets.isLeft("a", "ann", rate), buckets.isLeft("a", "ann", rate)))
				.containsExactly(true, false);
			assertThat(buckets.isFailing()).isFalse();
		}
	}

	/**
	 * All at once on one bucket, at two instances. Nobody is let in for want of an
	 * answer, because here each has the time for it.
	 */
	@Test
	void isLeftWhenManyThreadsAskForOneBucketThenAsManyAsTheLimitAllowsAndNoMore() throws Exception {
		Rate rate = Rate.parse("300/24h").orElseThrow();
		ExecutorService threads = Executors.newFixedThreadPool(32);
		try (RedisBuckets here = patient(); RedisBuckets there = patient()) {
			List<Callable<Integer>> tasks = new ArrayList<>();
			for (int i = 0; i < 32; i++) {
				RedisBuckets buckets = (i % 2 == 0) ? here : there;
				tasks.add(
						() -> (int) IntStream.range(0, 25).filter((call) -> buckets.isLeft("total", "", rate)).count());
			}
			int permitted = 0;
			for (Future<Integer> each : threads.invokeAll(tasks)) {
				permitted += each.get();
			}
			assertThat(permitted).isEqualTo(300);
			assertThat(here.isFailing()).isFalse();
			assertThat(there.isFailing()).isFalse();
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** Time stands still, so no bucket fills meanwhile. */
	private RedisBuckets patient() {
		return new RedisBuckets(new RedisAddress(this.redis.url(), null, null), Duration.ofSeconds(20),
				new MutableClock(Instant.parse("2026-01-01T00:00:00Z")), Ticker.systemTicker());
	}

	private static List<Integer> ask(TestServer server, String user, int times) {
		List<Integer> statuses = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			statuses.add(Http
				.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.session(user, Map.of()))
				.statusCode());
		}
		return statuses;
	}

}
