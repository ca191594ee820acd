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
 * Asks for Ably's time, again and again, and nobody waits for it. What was measured last
 * counts for an hour. An offset of more than a minute is told and not used: then the
 * clock of this machine has to be set, and tokens by a guess would hide that.
 */
public final class ClockWatch implements ClockOffset, AutoCloseable {

	static final Duration MOST = Duration.ofSeconds(60);

	static final Duration OLDEST = Duration.ofHours(1);

	private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

	private static final Logger LOGGER = LoggerFactory.getLogger(ClockWatch.class);

	private final Supplier<Duration> ably;

	private final Duration interval;

	private final Ticker ticker;

	private final ScheduledExecutorService background;

	private volatile @Nullable Measured last;

	private String fault = "";

	/**
	 * Creates a watch, which does nothing yet.
	 * @param ably asks Ably
	 * @param interval how often it is asked
	 * @param ticker tells how old an answer is, whoever sets the clock
	 * @param background runs one task at a time
	 */
	ClockWatch(Supplier<Duration> ably, Duration interval, Ticker ticker, ScheduledExecutorService background) {
		this.ably = ably;
		this.interval = interval;
		this.ticker = ticker;
		this.background = background;
	}

	void start() {
		this.background.execute(this::ask);
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
		Measured measured = usable();
		return (measured != null) ? measured.offset() : Duration.ZERO;
	}

	@Override
	public boolean isKnown() {
		return usable() != null;
	}

	private @Nullable Measured usable() {
		Measured measured = this.last;
		return (measured != null && measured.isUsable(this.ticker.read())) ? measured : null;
	}

	/**
	 * Tells what was measured last, used or not.
	 * @return how far Ably's clock is ahead, or null if that was never learnt
	 */
	public @Nullable Duration measured() {
		Measured measured = this.last;
		return (measured != null) ? measured.offset() : null;
	}

	/**
	 * Tells how old that is.
	 * @return since it was measured, or null if it never was
	 */
	public @Nullable Duration age() {
		Measured measured = this.last;
		return (measured != null) ? Duration.ofNanos(this.ticker.read() - measured.at()) : null;
	}

	private void ask() {
		Duration next = this.interval;
		try {
			Duration offset = this.ably.get();
			this.last = new Measured(offset, this.ticker.read());
			tell(isTooFar(offset)
					? "Ably's clock is more than " + MOST.toSeconds()
							+ " s from the one of this machine, which counts until it is set; tokens may be refused"
					: "");
		}
		catch (RuntimeException | Error ex) {
			if (this.background.isShutdown()) {
				return;
			}
			next = (AFTER_A_FAILURE.compareTo(next) < 0) ? AFTER_A_FAILURE : next;
			tell("Ably's time cannot be learnt: " + ex.getMessage());
		}
		Future<?> unused = this.background.schedule(this::ask, next.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Each fault once. */
	private void tell(String now) {
		if (now.equals(this.fault)) {
			return;
		}
		if (now.isEmpty()) {
			LOGGER.info("Ably's time is known again");
		}
		else {
			LOGGER.warn("{}", now);
		}
		this.fault = now;
	}

	private static boolean isTooFar(Duration offset) {
		return offset.abs().compareTo(MOST) > 0;
	}

	@Override
	public void close() {
		this.background.shutdownNow();
	}

	/**
	 * One answer.
	 *
	 * @param offset how far Ably's clock is ahead
	 * @param at when it was measured, by the ticker
	 */
	private record Measured(Duration offset, long at) {

		boolean isUsable(long now) {
			return !isTooFar(this.offset) && Duration.ofNanos(now - this.at).compareTo(OLDEST) < 0;
		}

	}

}
