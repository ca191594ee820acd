package dev.ablyauth.revocation;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * How old what is known may be. By a clock that nobody sets.
 */
final class Freshness {

	private final Ticker ticker;

	private final Duration longest;

	private volatile @Nullable Long lastRead;

	Freshness(Ticker ticker, Duration longest) {
		this.ticker = ticker;
		this.longest = longest;
	}

	/** The time to hand in when a read that begins now has ended well. */
	long now() {
		return this.ticker.read();
	}

	void readBegunAt(long time) {
		this.lastRead = time;
	}

	/** How long ago the last good read began, or null if there was none. */
	@Nullable Duration age() {
		Long last = this.lastRead;
		return (last != null) ? Duration.ofNanos(this.ticker.read() - last) : null;
	}

	boolean isGood() {
		Duration age = age();
		return age != null && age.compareTo(this.longest) <= 0;
	}

}
