package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The denials of one target that have not been ended, as a chain. Small, because there
 * may be a million.
 *
 * @param high half of the denial's id
 * @param low the other half
 * @param until when it ends, in milliseconds since 1970
 * @param next another denial of the same target, or null
 */
record Standing(long high, long low, long until, @Nullable Standing next) {

	private static final long NEVER = Long.MAX_VALUE;

	static Standing of(DenialId id, @Nullable Instant until, @Nullable Standing next) {
		return new Standing(id.high(), id.low(), (until != null) ? until.toEpochMilli() : NEVER, next);
	}

	/** The same chain without one denial, or null if nothing is left. */
	static @Nullable Standing without(@Nullable Standing chain, DenialId id) {
		if (chain == null) {
			return null;
		}
		Standing rest = without(chain.next, id);
		return chain.is(id) ? rest : chain.followedBy(rest);
	}

	/** The same chain without what was over at a time, or null if nothing is left. */
	static @Nullable Standing after(@Nullable Standing chain, long time) {
		if (chain == null) {
			return null;
		}
		Standing rest = after(chain.next, time);
		return (chain.until <= time) ? rest : chain.followedBy(rest);
	}

	private Standing followedBy(@Nullable Standing rest) {
		return Objects.equals(rest, this.next) ? this : new Standing(this.high, this.low, this.until, rest);
	}

	/** A denial that is not over, or null. */
	static @Nullable DenialId standing(@Nullable Standing chain, long now) {
		for (Standing each = chain; each != null; each = each.next) {
			if (now < each.until) {
				return new DenialId(each.high, each.low);
			}
		}
		return null;
	}

	private boolean is(DenialId id) {
		return this.high == id.high() && this.low == id.low();
	}

}
