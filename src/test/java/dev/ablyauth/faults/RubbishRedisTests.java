package dev.ablyauth.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.ablyauth.issuing.TestLiveKeys;
import dev.ablyauth.springapp.TestRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that answers rubbish to all who ask it: rate limits, the memory of keys, and
 * the sessions of a Spring app.
 */
@Tag("long")
class RubbishRedisTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final int SECONDS = 15;

	@Test
	void redisWhenItAnswersRubbishThenOnlyThoseWhoseSessionsAreThereGetNoToken() {
		try (TestRedis redis = new TestRedis();
				BrokenWire wire = new BrokenWire(redis.port());
				ServerProcess server = ServerProcess.start(settings("redis://127.0.0.1:" + wire.port())).ready();
				SteadyAsking asking = new SteadyAsking(server.call())) {
			awaitShared(redis, server);
			assertThat(server.call().tokenBySpringSession("nobody").status()).isEqualTo(401);
			long begun = System.nanoTime();
			Eventually.pause(5000);
			List<Answer> whole = asking.since(begun);
			long spoilt = System.nanoTime();
			wire.rubbish();
			for (int second = 0; second < SECONDS; second++) {
				Eventually.pause(1000);
				assertThat(server.call().token("newcomer" + second).status()).isEqualTo(200);
				Answer ofSession = server.call().tokenBySpringSession("nobody");
				assertThat(ofSession.status()).as("%s", ofSession).isEqualTo(503);
				assertThat(ofSession.retryAfter()).isNotEmpty();
				assertThat(server.call().get("/readyz").status()).isEqualTo(200);
			}
			List<Answer> during = asking.since(spoilt);
			wire.mend();
			Eventually.is(SOON, () -> server.call().tokenBySpringSession("nobody").status() == 401, server::output);
			awaitShared(redis, server);
			System.out.printf("Redis answers rubbish for %d s: %s, p99 %d ms, before %d ms%n", SECONDS,
					SteadyAsking.statuses(during), SteadyAsking.p99(during), SteadyAsking.p99(whole));
			assertThat(server.output()).contains("The Redis of ably-auth.rate-limit.redis ",
					"; each instance counts by itself", "; who has an old key may be taken for a newcomer",
					"The store of ably-auth.sessions.spring-session ");
			assertThat(SteadyAsking.statuses(during)).containsOnlyKeys(200);
			assertThat(SteadyAsking.p99(during)).isLessThan(SteadyAsking.p99(whole) + 1000);
		}
	}

	private static String[] settings(String url) {
		return new String[] { "ably-auth.rate-limit.redis=" + url, "ably-auth.rate-limit.per-user=10000/1m",
				"ably-auth.keys[0].value=" + TestLiveKeys.key("new"),
				"ably-auth.keys[1].value=" + TestLiveKeys.key("old"),
				"ably-auth.keys[1].drain-until=2099-01-01T00:00:00Z", "ably-auth.sessions.spring-session.store=redis",
				"ably-auth.sessions.spring-session.url=" + url, "ably-auth.sessions.spring-session.same-users=true" };
	}

	/** Until instances count together, and tell each other who has which key. */
	private static void awaitShared(TestRedis redis, ServerProcess server) {
		AtomicInteger users = new AtomicInteger();
		try (StatefulRedisConnection<String, byte[]> plain = redis.connect()) {
			plain.sync().flushall();
			Eventually.is(SOON, () -> {
				server.call().token("another" + users.incrementAndGet());
				return !plain.sync().keys("ably-auth:limit:*").isEmpty()
						&& !plain.sync().keys("ably-auth:key:*").isEmpty();
			}, () -> "only " + plain.sync().keys("*") + "\n" + server.output());
		}
	}

}
