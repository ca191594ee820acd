package dev.ablyauth.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * The time of this server: began as the clock of the machine says and goes on by
 * nanoseconds that nobody sets. Where the clock of the machine jumps, this one does not,
 * until {@link ClockWatch} moves it.
 */
public final class SteadyClock extends Clock {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

	/** Two readings that are nearer than this are taken for one moment. */
	private static final long ONE_MOMENT = MILLISECOND;

	private static final int TRIES = 5;

	private final Clock machine;

	private final Ticker ticker;

	/** The nanoseconds from 1970 to when the ticker was zero. */
	private volatile long base;

	/**
	 * Begins.
	 * @param machine may be set by anybody
	 * @param ticker nanoseconds that never go back
	 */
	public SteadyClock(Clock machine, Ticker ticker) {
		this.machine = machine;
		this.ticker = ticker;
		this.base = machine();
	}

	/** When this clock began to count, which changes with each move. */
	long base() {
		return this.base;
	}

	/**
	 * When this clock would have to have begun to count, to say what the machine says
	 * now. A thread may be held up between two readings, so the nearest of some count.
	 */
	long machine() {
		long nearest = Long.MAX_VALUE;
		long found = 0;
		for (int i = 0; i < TRIES && nearest > ONE_MOMENT; i++) {
			long before = this.ticker.read();
			Instant now = this.machine.instant();
			long between = this.ticker.read() - before;
			if (between < nearest) {
				nearest = between;
				found = now.getEpochSecond() * SECOND + now.getNano() - before - between / 2;
			}
		}
		return found;
	}

	/** Moves this clock; less than nothing sets it back. */
	synchronized void move(Duration by) {
		this.base = this.base + by.toNanos();
	}

	@Override
	public Instant instant() {
		long nanos = this.base + this.ticker.read();
		return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
	}

	@Override
	public long millis() {
		return Math.floorDiv(this.base + this.ticker.read(), MILLISECOND);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	/** Only instants are told by it. */
	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("the time of this server is in UTC");
	}

}
