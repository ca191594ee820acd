package dev.ablyauth.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.MutableClock;

/**
 * A watch over a clock that a test sets, with the answers of Ably that it states.
 */
public final class TestClockWatch implements AutoCloseable {

	private final AtomicLong nanos = new AtomicLong();

	private final MutableClock machine = new MutableClock(Instant.EPOCH);

	private final Queue<Object> answers = new ArrayDeque<>();

	private final List<Long> asked = new ArrayList<>();

	private final ClockWatch watch = new ClockWatch(this::answer, Duration.ofMinutes(5),
			new SteadyClock(this.machine, this.nanos::get), this.nanos::get, new Inline());

	private Duration answer() {
		this.asked.add(Duration.ofNanos(this.nanos.get()).toSeconds());
		Object next = Objects.requireNonNullElse(this.answers.poll(), Duration.ZERO);
		if (next instanceof Duration offset) {
			return offset;
		}
		throw new Refused(Reason.UNAVAILABLE, String.valueOf(next));
	}

	/** The watch itself. */
	public ClockWatch watch() {
		return this.watch;
	}

	/** What Ably answers, one after the other: an offset, or why it does not answer. */
	public Queue<Object> answers() {
		return this.answers;
	}

	/** When it was asked, in seconds since the start. */
	List<Long> asked() {
		return this.asked;
	}

	/** Sets the clock of the machine. */
	public void set(Duration by) {
		this.machine.advance(by);
	}

	/** Sets the counter alone. */
	void count(long by) {
		this.nanos.addAndGet(by);
	}

	/** Begins to look, as where Ably's time counts or the machine's. */
	public void start(boolean asksAbly) {
		this.watch.start(asksAbly);
	}

	/** Looks each second, the first time at once. */
	public void looks(int seconds) {
		for (int i = 0; i < seconds; i++) {
			this.watch.look();
			this.nanos.addAndGet(1_000_000_000);
			this.machine.advance(Duration.ofSeconds(1));
		}
	}

	@Override
	public void close() {
		this.watch.close();
	}

	/** Asks at once, and leaves the looks to the test. */
	private static final class Inline extends ScheduledThreadPoolExecutor {

		Inline() {
			super(1);
		}

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long period, TimeUnit unit) {
			return super.schedule(() -> {
			}, 0, unit);
		}

	}

}
