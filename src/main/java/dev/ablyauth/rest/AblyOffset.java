package dev.ablyauth.rest;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How far Ably's clock is ahead of the server's time.
 *
 * @param ahead less than nothing if it is behind
 * @param at when it was measured, by the ticker
 */
record AblyOffset(Duration ahead, long at) {

	/** What differs more is no matter of the network. */
	private static final Duration NOISE = Duration.ofSeconds(1);

	/** The part that a new answer has. */
	private static final int PART = 4;

	/**
	 * Takes an answer. What differs little from the one before is taken for a delay of
	 * the network and counts a quarter.
	 * @param before the one before, or null
	 */
	static AblyOffset of(Duration answer, long at, @Nullable AblyOffset before) {
		if (before == null || before.age(at).compareTo(ServerTime.OLDEST) >= 0) {
			return new AblyOffset(answer, at);
		}
		Duration change = answer.minus(before.ahead);
		return new AblyOffset((change.abs().compareTo(NOISE) > 0) ? answer : before.ahead.plus(change.dividedBy(PART)),
				at);
	}

	/** The same, when the server's time was moved. */
	AblyOffset moved(Duration by) {
		return new AblyOffset(this.ahead.minus(by), this.at);
	}

	Duration age(long now) {
		return Duration.ofNanos(now - this.at);
	}

	boolean isUsable(long now) {
		return !isTooFar(this.ahead) && age(now).compareTo(ServerTime.OLDEST) < 0;
	}

	static boolean isTooFar(Duration offset) {
		return offset.abs().compareTo(ServerTime.MOST) > 0;
	}

}
