package dev.ablyauth.rest;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.ClockOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for Ably's time, again and again, and nobody waits for it; and looks each second
 * whether the clock of the machine has jumped. What was measured counts for an hour,
 * whatever that clock does meanwhile. Where it is within a minute of Ably's, the
 * {@link SteadyClock} follows it slowly, else not at all. Where Ably's time is not known,
 * or is more than a minute from the time of this server, the clock of the machine counts
 * alone: it has to be set, and tokens by a guess would hide that. Only where it has
 * jumped since Ably answered the last time, it does not count before Ably answers again.
 */
public final class ClockWatch implements ClockOffset, AutoCloseable {

	/** Doubled with each failure that follows. */
	private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

	private static final Duration AFTER_MANY_FAILURES = Duration.ofMinutes(1);

	private static final Logger LOGGER = LoggerFactory.getLogger(ClockWatch.class);

	private final Supplier<Duration> ably;

	private final Duration interval;

	private final SteadyClock clock;

	private final Ticker ticker;

	private final ScheduledExecutorService background;

	private final ClockFaults faults = new ClockFaults();

	private final ServerTime time;

	private boolean asks;

	private boolean asking;

	/** In a row, since the start or the last jump. */
	private int failures;

	/** When Ably is to be asked next, by the ticker. */
	private long due;

	/**
	 * Creates a watch, which does nothing yet.
	 * @param ably asks how far Ably is ahead of the server's time
	 * @param interval how often it is asked
	 * @param clock the server's time
	 * @param ticker tells how old an answer is, whoever sets the clock
	 * @param background runs two tasks at a time
	 */
	ClockWatch(Supplier<Duration> ably, Duration interval, SteadyClock clock, Ticker ticker,
			ScheduledExecutorService background) {
		this.ably = ably;
		this.interval = interval;
		this.clock = clock;
		this.ticker = ticker;
		this.background = background;
		this.time = new ServerTime(clock, ticker, this.faults);
	}

	/**
	 * Begins to look.
	 * @param asksAbly whether Ably is asked too, or the clock of the machine is the one
	 * that counts
	 */
	void start(boolean asksAbly) {
		synchronized (this) {
			this.asks = asksAbly;
			this.due = this.ticker.read();
		}
		Future<?> unused = this.background.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
	}

	/** A task that throws would be the last one. */
	void look() {
		try {
			boolean jumped = this.time.look();
			if (isDue(jumped)) {
				this.background.execute(this::ask);
			}
		}
		catch (RuntimeException | Error ex) {
			if (!this.background.isShutdown()) {
				LOGGER.error("The clock could not be looked at", ex);
			}
		}
	}

	private synchronized boolean isDue(boolean jumped) {
		if (jumped) {
			this.due = this.ticker.read();
			this.failures = 0;
		}
		boolean now = this.asks && !this.asking && this.due - this.ticker.read() <= 0;
		this.asking |= now;
		return now;
	}

	/** Asks Ably, and decides when to ask next. */
	private void ask() {
		long known = this.time.jumps();
		try {
			long base = this.clock.base();
			boolean taken = this.time.answered(this.ably.get(), base, known);
			this.faults.learnt();
			end(known, 0, taken ? this.interval : Duration.ZERO);
		}
		catch (RuntimeException | Error ex) {
			if (this.background.isShutdown()) {
				return;
			}
			this.faults.cannotBeLearnt(ex.getMessage());
			failed(known);
		}
	}

	private synchronized void failed(long known) {
		Duration soon = AFTER_A_FAILURE;
		for (int i = 0; i < this.failures && soon.compareTo(AFTER_MANY_FAILURES) < 0; i++) {
			soon = soon.multipliedBy(2);
		}
		Duration most = least(AFTER_MANY_FAILURES, this.interval);
		end(known, this.failures + 1, least(soon, most));
	}

	private static Duration least(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/** A jump while Ably was asked is one more reason to ask. */
	private synchronized void end(long known, int failed, Duration next) {
		this.asking = false;
		this.failures = failed;
		this.due = this.ticker.read() + ((known == this.time.jumps()) ? next.toNanos() : 0);
	}

	/**
	 * Asks once more, for whoever cannot decide without it.
	 * @param longest how long to wait for the answer
	 * @return whether Ably's time is known, from now or from before
	 */
	public boolean learn(Duration longest) {
		try {
			this.background.submit(this::ask).get(longest.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			// What was measured before is as good as it was.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return isKnown();
	}

	@Override
	public Duration ahead() {
		Duration known = this.time.known();
		return (known != null) ? known : Duration.ZERO;
	}

	@Override
	public boolean isKnown() {
		return this.time.known() != null;
	}

	/**
	 * Tells what is wrong with the clock of the machine, by what was measured last.
	 * @return how far Ably's is ahead of it, used or not, or null if that was never
	 * learnt
	 */
	public @Nullable Duration measured() {
		return this.time.measured();
	}

	/**
	 * Tells whether the clock of the machine counts for nothing at the moment.
	 * @return whether the server's time goes on without it
	 */
	public boolean isAlone() {
		return this.time.isAlone();
	}

	/**
	 * Tells how old that is.
	 * @return since it was measured, or null if it never was
	 */
	public @Nullable Duration age() {
		return this.time.age();
	}

	/**
	 * Counts how often the clock of the machine has jumped.
	 * @return since the start
	 */
	public long jumps() {
		return this.time.jumps();
	}

	@Override
	public void close() {
		this.background.shutdownNow();
	}

}
