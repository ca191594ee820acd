package dev.ablyauth.remote;

import java.time.Duration;

/**
 * Keeps what happens again and again from filling the log: something is said at once, and
 * then not again for a while.
 */
public final class Seldom {

	private final long pause;

	private boolean has;

	private long last;

	/**
	 * Creates one.
	 * @param pause how long it is silent
	 */
	public Seldom(Duration pause) {
		this.pause = pause.toNanos();
	}

	/**
	 * Tells whether something is to be said, and takes it for said.
	 * @param now nanoseconds that never go back
	 * @return whether the pause is over
	 */
	public synchronized boolean isTime(long now) {
		if (this.has && now - this.last < this.pause) {
			return false;
		}
		this.has = true;
		this.last = now;
		return true;
	}

}
