package dev.ablyauth.web;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * How long the line of requests may be that wait for a thread. A young one may be long:
 * after a deploy or an outage everybody comes at once, and everybody is answered. One
 * that stands is of more requests than can be answered; it is kept short, so that those
 * who are refused know it soon, and the others do not wait for nothing.
 * <p>
 * Threads may call it at the same time. What they take from each other is a moment.
 */
final class Line {

	/** At 10,000 tokens a second, a wait of 150 ms. */
	static final int LONG = 1_500;

	/** At 10,000 tokens a second, a wait of 30 ms. */
	static final int SHORT = 300;

	/** In this time all are answered who come at once, by a server that is cold. */
	static final long YOUNG = 15_000_000_000L;

	/** Without a sight of it for so long, one that stood has ended. */
	static final long GONE = 1_000_000_000L;

	private final Ticker ticker;

	private volatile boolean isLong;

	private volatile long since;

	private volatile long lastLong;

	Line(Ticker ticker) {
		this.ticker = ticker;
	}

	/** Tells whether one of so many that wait must be refused. */
	boolean isTooLong(int waiting) {
		if (waiting <= SHORT) {
			if (this.isLong && this.lastLong - this.since < YOUNG) {
				this.isLong = false;
			}
			return false;
		}
		long now = this.ticker.read();
		if (!this.isLong || now - this.lastLong >= GONE) {
			this.since = now;
			this.isLong = true;
		}
		this.lastLong = now;
		return waiting > LONG || now - this.since >= YOUNG;
	}

}
