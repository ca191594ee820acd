package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Deny-lists without a store.
 */
public final class TestDenyList {

	/** The one denial. */
	public static final DenialId ID = new DenialId(7, 9);

	private TestDenyList() {
	}

	/** A list with one denial that has no end. */
	public static DenyList of(Target.Kind kind, String value) {
		return of(kind, value, null);
	}

	/** A list with one denial. */
	public static DenyList of(Target.Kind kind, String value, @Nullable Instant until) {
		DenyListCopy copy = new DenyListCopy();
		copy.load(SnapshotChange.EMPTY);
		copy.apply(
				List.of(new Denial(ID, 1, new Target(kind, value), "spam", "olga", TestDenials.NOW, until, null, null)),
				1);
		return list(copy);
	}

	/** A list that was never read. */
	public static DenyList unread() {
		return list(new DenyListCopy());
	}

	private static DenyList list(DenyListCopy copy) {
		Freshness freshness = new Freshness(() -> 0, Duration.ofSeconds(60));
		freshness.readBegunAt(0);
		return new DenyList(copy, freshness, () -> "");
	}

}
