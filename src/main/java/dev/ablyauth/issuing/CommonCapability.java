package dev.ablyauth.issuing;

import java.util.List;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What several keys allow, each of them. Kept, because to find it takes longer than all
 * else of a token where capabilities are long.
 */
final class CommonCapability {

	private final List<Capability> each;

	private final @Nullable Capability common;

	private CommonCapability(List<Capability> each, @Nullable Capability common) {
		this.each = each;
		this.common = common;
	}

	/**
	 * Finds it.
	 * @param each of at least one key
	 */
	static CommonCapability of(List<Capability> each) {
		Capability common = each.get(0);
		for (Capability next : each.subList(1, each.size())) {
			common = (common != null) ? common.intersect(next).orElse(null) : null;
		}
		return new CommonCapability(each, common);
	}

	/** Tells whether it was made of these very objects. */
	boolean isOf(List<Capability> other) {
		if (other.size() != this.each.size()) {
			return false;
		}
		for (int i = 0; i < other.size(); i++) {
			if (!isSame(other.get(i), this.each.get(i))) {
				return false;
			}
		}
		return true;
	}

	/** They never change, and to compare what is in them takes long. */
	@SuppressWarnings("ReferenceEquality")
	private static boolean isSame(Capability one, Capability other) {
		return one == other;
	}

	boolean isEmpty() {
		return this.common == null;
	}

	/**
	 * Returns it.
	 * @throws Refused if it is nothing
	 */
	Capability orRefused() {
		if (this.common == null) {
			throw new Refused(Reason.KEY_ALLOWS_NOTHING,
					"The API keys of this server that sign allow nothing in common.");
		}
		return this.common;
	}

}
