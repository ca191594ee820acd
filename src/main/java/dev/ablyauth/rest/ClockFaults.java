package dev.ablyauth.rest;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what is wrong with the clock of this machine, each fault once.
 */
final class ClockFaults {

	private static final Logger LOGGER = LoggerFactory.getLogger(ClockWatch.class);

	/** Less is usual, and tokens are right. */
	static final Duration LITTLE = Duration.ofSeconds(1);

	private Size size = Size.NONE;

	private boolean used;

	private boolean lost;

	/**
	 * Tells of the clock.
	 * @param measured how far Ably's is ahead of that of this machine, or null
	 * @param used whether Ably's time counts
	 */
	synchronized void tell(@Nullable Duration measured, boolean used) {
		Size now = (measured != null) ? Size.of(measured, this.size) : Size.NONE;
		if (measured == null || (now == this.size && (now != Size.MUCH || used == this.used))) {
			return;
		}
		this.size = now;
		this.used = used;
		String apart = measured.abs().toMillis() / 1000.0 + " s " + (measured.isNegative() ? "behind" : "ahead of");
		switch (now) {
			case NONE -> LOGGER.info("The clock of this machine is right again");
			case LITTLE -> LOGGER.warn("Ably's clock is {} the one of this machine", apart);
			case MUCH -> LOGGER.warn("Ably's clock is {} the one of this machine, which has to be set; {}", apart,
					used ? "tokens are made by Ably's time" : "tokens are made by it and may be refused");
		}
	}

	synchronized void cannotBeLearnt(@Nullable String why) {
		if (!this.lost) {
			LOGGER.warn("Ably's time cannot be learnt: {}", why);
		}
		this.lost = true;
	}

	synchronized void learnt() {
		if (this.lost) {
			LOGGER.info("Ably's time is known again");
		}
		this.lost = false;
	}

	private enum Size {

		NONE, LITTLE, MUCH;

		/** A clock at the edge is not told of again and again. */
		static Size of(Duration offset, Size before) {
			if (AblyOffset.isTooFar(offset)) {
				return MUCH;
			}
			Duration edge = (before != NONE) ? ClockFaults.LITTLE.dividedBy(2) : ClockFaults.LITTLE;
			return (offset.abs().compareTo(edge) > 0) ? LITTLE : NONE;
		}

	}

}
