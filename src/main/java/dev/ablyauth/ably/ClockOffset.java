package dev.ablyauth.ably;

import java.time.Duration;

/**
 * How far Ably's clock is from the one of this machine, as well as it is known. Asked for
 * each token, so it answers from memory.
 */
@FunctionalInterface
public interface ClockOffset {

	/** Both clocks are taken for one. */
	ClockOffset NONE = () -> Duration.ZERO;

	/**
	 * Returns how far Ably's clock is ahead.
	 * @return less than nothing if it is behind
	 */
	Duration ahead();

	/**
	 * Tells whether it was measured, so that what Ably says of times can be judged.
	 * @return false where it is a guess
	 */
	default boolean isKnown() {
		return false;
	}

}
