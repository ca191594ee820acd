package dev.ablyauth.remote;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * Stops the calls to a service that is away, so that nobody waits for it: when 20 calls
 * in ten seconds could not be connected or were not answered in time, and no more than
 * that were answered. From then on there is one trial each second, until there is an
 * answer. What the answer says does not matter, because it is about one user's session.
 */
public final class Breaker {

	private static final int FAILURES = 20;

	private static final long WINDOW = Duration.ofSeconds(10).toNanos();

	private static final long PAUSE = Duration.ofSeconds(1).toNanos();

	private final Ticker ticker;

	/** When the last failures were, in a ring. */
	private final long[] failedAt = new long[FAILURES];

	/** How many answers there had been when each of them was. */
	private final long[] answersBefore = new long[FAILURES];

	private long failures;

	private long answers;

	private boolean open;

	private boolean failing;

	private long tried;

	/**
	 * Creates one that lets all calls through.
	 * @param ticker nanoseconds that never go back
	 */
	public Breaker(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Tells whether a call may be made; it counts as the trial where there is one.
	 * @return whether it may
	 */
	public synchronized boolean lets() {
		long now = this.ticker.read();
		if (this.open && now - this.tried < PAUSE) {
			return false;
		}
		this.tried = now;
		return true;
	}

	/**
	 * Tells whether the service is away.
	 * @return whether only trials are let through
	 */
	public synchronized boolean isOpen() {
		return this.open;
	}

	/**
	 * Tells whether the last call that ended had no answer.
	 * @return whether it failed; also before there are many such
	 */
	public synchronized boolean isFailing() {
		return this.failing;
	}

	/** There was an answer, whatever it says. */
	public synchronized void answered() {
		this.answers++;
		this.failing = false;
		this.open = false;
	}

	/** The service could not be connected, or did not answer in time. */
	public synchronized void failed() {
		long now = this.ticker.read();
		this.failing = true;
		if (this.open) {
			this.tried = now;
			return;
		}
		int slot = (int) (this.failures++ % FAILURES);
		this.failedAt[slot] = now;
		this.answersBefore[slot] = this.answers;
		int oldest = (int) (this.failures % FAILURES);
		if (this.failures >= FAILURES && now - this.failedAt[oldest] <= WINDOW
				&& this.answers - this.answersBefore[oldest] <= FAILURES) {
			this.open = true;
			this.tried = now;
			this.failures = 0;
		}
	}

}
