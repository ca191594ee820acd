package dev.ablyauth.web;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import org.jspecify.annotations.Nullable;

/**
 * One limit, with a token bucket for each of those that it holds of. One that was not
 * touched for a whole period is full again, so it need not be kept. There are at most
 * 50,000; whose bucket had to go begins with a full one.
 */
final class Buckets {

	private static final int MOST = 50_000;

	private final String name;

	private final SharedBuckets shared;

	private final Cache<String, Bucket> buckets;

	private final @Nullable Rate rate;

	private final TimeMeter time;

	/**
	 * Creates a limit.
	 * @param name tells this limit from others that are shared
	 * @param rate in the form of the settings; none limits nobody
	 * @param shared what all instances count together
	 * @param ticker nanoseconds that never go back, whatever the wall clock does
	 */
	Buckets(String name, String rate, SharedBuckets shared, Ticker ticker) {
		this.name = name;
		this.shared = shared;
		this.rate = Rate.parse(rate).orElse(null);
		this.time = new Nanoseconds(ticker);
		this.buckets = Caffeine.newBuilder()
			.executor(Runnable::run)
			.ticker(ticker)
			.maximumSize(MOST)
			.expireAfterAccess((this.rate != null) ? this.rate.period() : Duration.ZERO)
			.build();
	}

	boolean isOn() {
		return this.rate != null;
	}

	/**
	 * Counts one time more.
	 * @param who is limited
	 * @param message what to say when there were too many
	 * @throws Refused if there were
	 */
	void take(String who, String message) {
		Rate limit = this.rate;
		if (limit != null && !(isLeftHere(who, limit) && this.shared.isLeft(this.name, who, limit))) {
			throw new Refused(Reason.RATE_LIMITED, message).by(this.name);
		}
	}

	/**
	 * Asked first: what is too much for this instance is too much for all, and costs
	 * nobody a call.
	 */
	private boolean isLeftHere(String who, Rate limit) {
		return this.buckets.get(who, (key) -> full(limit)).tryConsume(1);
	}

	private Bucket full(Rate limit) {
		return Bucket.builder()
			.addLimit((bandwidth) -> bandwidth.capacity(limit.count()).refillGreedy(limit.count(), limit.period()))
			.withCustomTimePrecision(this.time)
			.build();
	}

	/**
	 * The time of Bucket4j.
	 *
	 * @param ticker tells it
	 */
	private record Nanoseconds(Ticker ticker) implements TimeMeter {

		@Override
		public long currentTimeNanos() {
			return this.ticker.read();
		}

		@Override
		public boolean isWallClockBased() {
			return false;
		}

	}

}
