package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

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
		return those(chain, (each) -> !each.is(id));
	}

	/** The same chain without what was over at a time, or null if nothing is left. */
	static @Nullable Standing after(@Nullable Standing chain, long time) {
		return those(chain, (each) -> each.until > time);
	}

	/** In a loop, because nobody can tell how often somebody is denied. */
	private static @Nullable Standing those(@Nullable Standing chain, Predicate<Standing> wanted) {
		List<Standing> kept = new ArrayList<>();
		boolean all = true;
		for (Standing each = chain; each != null; each = each.next) {
			if (wanted.test(each)) {
				kept.add(each);
			}
			else {
				all = false;
			}
		}
		if (all) {
			return chain;
		}
		Standing left = null;
		for (int i = kept.size() - 1; i >= 0; i--) {
			left = new Standing(kept.get(i).high, kept.get(i).low, kept.get(i).until, left);
		}
		return left;
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
