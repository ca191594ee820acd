package dev.ablyauth.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Fingerprint;
import dev.ablyauth.remote.Breaker;
import dev.ablyauth.remote.FaultLog;
import dev.ablyauth.remote.RedisAddress;
import dev.ablyauth.remote.RedisConnection;
import dev.ablyauth.remote.RemoteFaultException;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;

/**
 * Counts in Redis, for all instances together. A limit protects the server and lets
 * nobody in, so where Redis is away each instance counts by itself again.
 */
final class RedisBuckets implements SharedBuckets, AutoCloseable {

	private static final String KEYS = "ably-auth:limit:";

	/**
	 * For a new connection, and then for an answer, with all attempts of Bucket4j where
	 * others write the same bucket. Each limit that is on waits by itself, at most three
	 * for one token; the breaker ends that for all.
	 */
	private static final Duration TIME_OUT = Duration.ofMillis(100);

	/** A bucket that is full again need not be kept. */
	private static final Duration KEPT = Duration.ofSeconds(10);

	private final RedisConnection redis;

	private final Breaker breaker;

	private final FaultLog log;

	private final TimeMeter time;

	/** One for each rate of the settings. */
	private final Map<Rate, BucketConfiguration> limits = new ConcurrentHashMap<>();

	/**
	 * Prepares a connection.
	 * @param clock about the same at all instances, and set by nobody
	 */
	RedisBuckets(RedisAddress address, Clock clock, Ticker ticker) {
		this(address, TIME_OUT, clock, ticker);
	}

	RedisBuckets(RedisAddress address, Duration timeOut, Clock clock, Ticker ticker) {
		this.redis = new RedisConnection(address, timeOut);
		this.breaker = new Breaker(ticker);
		this.log = new FaultLog("The Redis of ably-auth.rate-limit.redis", clock);
		this.time = new Milliseconds(clock);
	}

	@Override
	public boolean isLeft(String name, String who, Rate rate) {
		if (!this.breaker.lets()) {
			return true;
		}
		try {
			boolean left = take(KEYS + name + ':' + Fingerprint.of(who), rate);
			this.breaker.answered();
			return left;
		}
		catch (RemoteFaultException ex) {
			this.breaker.failed();
			this.log.warn(ex.getMessage() + "; each instance counts by itself");
			return true;
		}
	}

	@Override
	public boolean isFailing() {
		return this.breaker.isFailing();
	}

	private boolean take(String key, Rate rate) throws RemoteFaultException {
		BucketConfiguration limit = this.limits.computeIfAbsent(rate, RedisBuckets::limit);
		return this.redis.ask((commands) -> Bucket4jLettuce.casBasedBuilder(commands)
			.clientClock(this.time)
			.expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
			.build()
			.asAsync()
			.getProxy(key, () -> CompletableFuture.completedFuture(limit))
			.tryConsume(1));
	}

	private static BucketConfiguration limit(Rate rate) {
		return BucketConfiguration.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(rate.count()).refillGreedy(rate.count(), rate.period()))
			.build();
	}

	@Override
	public void close() {
		this.redis.close();
	}

	/**
	 * The time of Bucket4j, which else is the clock of the machine: set back by an hour,
	 * it would fill no bucket for an hour.
	 *
	 * @param clock tells it
	 */
	private record Milliseconds(Clock clock) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return TimeUnit.MILLISECONDS.toNanos(this.clock.millis());
		}

		@Override
		public boolean isWallClockBased() {
			return true;
		}

	}

}
