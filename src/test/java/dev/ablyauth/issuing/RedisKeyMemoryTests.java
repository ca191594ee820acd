package dev.ablyauth.issuing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import ch.qos.logback.classic.Level;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.remote.FaultLog;
import dev.ablyauth.remote.RedisAddress;
import dev.ablyauth.springapp.TestRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of keys in a real Redis.
 */
class RedisKeyMemoryTests {

	private static final String APP = "I2E_JQ";

	private static final KeyName ONE = new KeyName("I2E_JQ.one");

	private static final ClientId ANN = ClientId.of("ann");

	private static final long CLIENT = KeyMemory.hash(ANN);

	private final TestRedis redis = new TestRedis();

	private final LogLines log = new LogLines(FaultLog.class);

	private final RedisKeyMemory memory = memory();

	@AfterEach
	void stop() {
		this.memory.close();
		this.redis.close();
		this.log.close();
	}

	private RedisKeyMemory memory() {
		return new RedisKeyMemory(new RedisAddress(this.redis.url(), null, null), Clock.systemUTC(),
				Ticker.systemTicker())
			.start();
	}

	@Test
	void findWhenAnotherInstanceHasToldThenItsKey() throws Exception {
		this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
		try (RedisKeyMemory other = memory()) {
			await(() -> other.find(APP, CLIENT).isPresent());
			assertThat(other.find(APP, CLIENT)).contains(ONE);
			assertThat(other.find(APP, 7)).isEmpty();
			assertThat(other.find("other", CLIENT)).isEmpty();
		}
	}

	@Test
	void tellThenAnEntryThatEndsByItselfAndNamesNobody() throws Exception {
		this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
		try (StatefulRedisConnection<String, byte[]> plain = this.redis.connect()) {
			await(() -> !plain.sync().keys("*").isEmpty());
			String key = plain.sync().keys("*").get(0);
			assertThat(key).isEqualTo("ably-auth:key:I2E_JQ:" + String.format("%016x", CLIENT));
			assertThat(plain.sync().pttl(key)).isBetween(3_500_000L, 3_600_000L);
			assertThat(plain.sync().get(key)).isEqualTo("I2E_JQ.one".getBytes(UTF_8));
		}
	}

	@Test
	void findWhenSomethingElseIsThereThenNothing() throws Exception {
		this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
		await(() -> this.memory.find(APP, CLIENT).isPresent());
		try (StatefulRedisConnection<String, byte[]> plain = this.redis.connect()) {
			plain.sync().set(plain.sync().keys("*").get(0), "not a name".getBytes(UTF_8));
		}
		assertThat(this.memory.find(APP, CLIENT)).isEmpty();
	}

	@Test
	void findWhenRedisHangsThenNobodyWaitsLongAndSoonNobodyAtAll() throws Exception {
		this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
		await(() -> this.memory.find(APP, CLIENT).isPresent());
		this.redis.signal("STOP");
		long begin = System.nanoTime();
		for (int i = 0; i < 1000; i++) {
			assertThat(this.memory.find(APP, CLIENT)).isEmpty();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
		this.redis.signal("CONT");
		await(() -> this.memory.find(APP, CLIENT).isPresent());
	}

	/** All that wait use the same one, and so does who asks when it is open. */
	@Test
	void findWhenTheConnectionTakesLongToOpenThenItIsNotGivenUp() throws Exception {
		this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
		await(() -> this.memory.find(APP, CLIENT).isPresent());
		long before = connections();
		this.redis.signal("STOP");
		try (RedisKeyMemory other = new RedisKeyMemory(new RedisAddress(this.redis.url(), null, null),
				Clock.systemUTC(), Ticker.systemTicker())) {
			for (int i = 0; i < 10; i++) {
				assertThat(other.find(APP, CLIENT)).isEmpty();
			}
			this.redis.signal("CONT");
			await(() -> other.find(APP, CLIENT).isPresent());
			// One to count, one of this memory; some more where the machine was slow.
			assertThat(connections() - before).isLessThan(6);
		}
	}

	private long connections() {
		try (StatefulRedisConnection<String, byte[]> plain = this.redis.connect()) {
			return plain.sync()
				.info("stats")
				.lines()
				.filter((line) -> line.startsWith("total_connections_received:"))
				.mapToLong((line) -> Long.parseLong(line.substring("total_connections_received:".length()).strip()))
				.findFirst()
				.orElseThrow();
		}
	}

	@Test
	void findWhenItWasClosedThenNothingAndALine() {
		this.memory.close();
		assertThat(this.memory.find(APP, CLIENT)).isEmpty();
		assertThat(this.log.of(Level.WARN)).isNotEmpty();
	}

	@Test
	void findWhenRedisDiesThenNothingUntilItIsBack() throws Exception {
		this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
		await(() -> this.memory.find(APP, CLIENT).isPresent());
		this.redis.signal("KILL");
		await(() -> this.memory.find(APP, CLIENT).isEmpty());
		this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
		await(() -> this.memory.dropped() > 0);
		this.redis.restart();
		await(() -> {
			this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
			return this.memory.find(APP, CLIENT).isPresent();
		});
		assertThat(this.log.of(Level.WARN)).isNotEmpty().noneMatch((line) -> line.contains("127.0.0.1"));
	}

	/** No key may drain any more, and nobody may ask for a token. */
	@Test
	void failingWhenRedisIsBackThenNoMoreAlthoughNobodyAsks() throws Exception {
		this.redis.signal("KILL");
		await(() -> {
			this.memory.tell(CLIENT, ONE, Duration.ofHours(1));
			return this.memory.find(APP, CLIENT).isEmpty() && this.memory.dropped() > 0;
		});
		assertThat(this.memory.isFailing()).isTrue();
		Thread.sleep(2500);
		assertThat(this.memory.isFailing()).as("while it is away").isTrue();
		this.redis.restart();
		await(() -> !this.memory.isFailing());
	}

	@Test
	void tellWhenRedisIsAwayThenBoundedAndCounted() {
		try (RedisKeyMemory away = new RedisKeyMemory(new RedisAddress("redis://127.0.0.1:9", null, null),
				Clock.systemUTC(), Ticker.systemTicker())) {
			for (int i = 0; i < RedisKeyMemory.MOST_WAITING + 5; i++) {
				away.tell(i, ONE, Duration.ofHours(1));
			}
			assertThat(away.dropped()).isEqualTo(5);
			assertThat(away.find(APP, 1)).isEmpty();
		}
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		Instant end = Instant.now().plus(Duration.ofSeconds(20));
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).isBefore(end);
			Thread.sleep(20);
		}
	}

}
