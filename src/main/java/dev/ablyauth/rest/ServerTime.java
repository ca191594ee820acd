package dev.ablyauth.rest;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three clocks beside each other: the server's, which is steady, the machine's, which may
 * jump, and Ably's, as it was measured. Decides which of the last two the first one
 * follows.
 */
final class ServerTime {

	static final Duration MOST = Duration.ofSeconds(60);

	static final Duration OLDEST = Duration.ofHours(1);

	/** So far the server's time moves in a second: less than tokens are set back. */
	static final Duration STEP = Duration.ofMillis(250);

	/** No clock is corrected by so much in a second without being set. */
	static final Duration JUMP = Duration.ofMillis(500);

	private static final Logger LOGGER = LoggerFactory.getLogger(ClockWatch.class);

	private final SteadyClock clock;

	private final Ticker ticker;

	private final ClockFaults faults;

	private volatile @Nullable AblyOffset last;

	/** The clock of the machine as it was at the last look, see {@link SteadyClock}. */
	private volatile long machine;

	private volatile long jumps;

	/** How many jumps Ably's last answer knows of. */
	private volatile long settled;

	ServerTime(SteadyClock clock, Ticker ticker, ClockFaults faults) {
		this.clock = clock;
		this.ticker = ticker;
		this.faults = faults;
		this.machine = clock.machine();
	}

	/** How far Ably's clock is ahead, or null if it is not known well enough. */
	@Nullable Duration known() {
		AblyOffset offset = this.last;
		return (offset != null && offset.isUsable(this.ticker.read())) ? offset.ahead() : null;
	}

	/**
	 * Whether the server's time goes on alone, because the machine's is far from it and
	 * is not trusted.
	 */
	boolean isAlone() {
		AblyOffset trusted = trusted();
		return trusted != null && AblyOffset.isTooFar(trusted.ahead().minus(apart()));
	}

	/**
	 * Ably's last answer where it is better than the clock of the machine: for an hour,
	 * and after that where this clock has jumped since. One that is known to have jumped
	 * would make tokens and end denials by a time that nobody has confirmed.
	 */
	private @Nullable AblyOffset trusted() {
		AblyOffset offset = this.last;
		return (offset != null && !AblyOffset.isTooFar(offset.ahead())
				&& (known() != null || this.settled != this.jumps)) ? offset : null;
	}

	/** How far Ably's clock is ahead of the machine's, used or not; null if unknown. */
	@Nullable Duration measured() {
		AblyOffset offset = this.last;
		return (offset != null) ? offset.ahead().minus(apart()) : null;
	}

	@Nullable Duration age() {
		AblyOffset offset = this.last;
		return (offset != null) ? offset.age(this.ticker.read()) : null;
	}

	long jumps() {
		return this.jumps;
	}

	/** How far the clock of the machine is ahead of the server's. */
	private Duration apart() {
		return Duration.ofNanos(this.machine - this.clock.base());
	}

	/** Looks at the clock of the machine, and tells whether it has jumped. */
	synchronized boolean look() {
		long now = this.clock.machine();
		Duration by = Duration.ofNanos(now - this.machine);
		this.machine = now;
		boolean jumped = by.abs().compareTo(JUMP) >= 0;
		if (jumped) {
			this.jumps++;
			LOGGER.warn("The clock of this machine has jumped by {} s; {}", by.toMillis() / 1000.0, (trusted() != null)
					? "the time of this server has not, until Ably says which is right" : "it counts as it is");
		}
		follow();
		return jumped;
	}

	/**
	 * Takes Ably's answer, which is about the middle of the time that it took.
	 * @param ahead of the server's time
	 * @param base of the server's time when Ably was asked
	 * @param known the jumps at that moment
	 * @return false if the server's time was moved too far meanwhile
	 */
	synchronized boolean answered(Duration ahead, long base, long known) {
		Duration moved = Duration.ofNanos(this.clock.base() - base);
		if (moved.abs().compareTo(STEP.multipliedBy(2)) > 0) {
			return false;
		}
		this.last = AblyOffset.of(ahead.minus(moved.dividedBy(2)), this.ticker.read(), this.last);
		this.settled = known;
		follow();
		return true;
	}

	private void follow() {
		Duration apart = apart();
		if (trusted() == null) {
			move(apart);
		}
		else if (!isAlone()) {
			move((apart.abs().compareTo(STEP) <= 0) ? apart : apart.isNegative() ? STEP.negated() : STEP);
		}
		if (this.settled == this.jumps) {
			this.faults.tell(measured(), known() != null);
		}
	}

	private void move(Duration by) {
		this.clock.move(by);
		AblyOffset offset = this.last;
		this.last = (offset != null) ? offset.moved(by) : null;
	}

}
