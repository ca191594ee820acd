package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot from another one and what has changed. Two changes give the same list
 * in any order, and one that comes twice counts once.
 */
final class SnapshotChange {

	/** A list without anybody. */
	static final DenyListSnapshot EMPTY = empty();

	private final Map<Target.Kind, PartedMap<Standing>.Change> changes = new EnumMap<>(Target.Kind.class);

	private final DenyListSnapshot before;

	private final BitSet lengths;

	SnapshotChange(DenyListSnapshot before) {
		this.before = before;
		this.lengths = (BitSet) before.lengths().clone();
	}

	private static DenyListSnapshot empty() {
		Map<Target.Kind, PartedMap<Standing>> maps = new EnumMap<>(Target.Kind.class);
		for (Target.Kind kind : Target.Kind.values()) {
			maps.put(kind, new PartedMap<>());
		}
		return new DenyListSnapshot(maps, new BitSet(), 0);
	}

	void add(DenialId id, Target target, @Nullable Instant until) {
		Object key = target.key();
		if (key instanceof AddressRange range) {
			this.lengths.set(range.prefix());
		}
		change(target.kind()).compute(key, (same, chain) -> Standing.of(id, until, Standing.without(chain, id)));
	}

	void remove(Denial denial) {
		change(denial.target().kind()).compute(denial.target().key(),
				(same, chain) -> Standing.without(chain, denial.id()));
	}

	/** Forgets what was over long ago. */
	void forget(Instant longAgo) {
		for (Target.Kind kind : Target.Kind.values()) {
			change(kind).computeAll((same, chain) -> Standing.after(chain, longAgo.toEpochMilli()));
		}
	}

	private PartedMap<Standing>.Change change(Target.Kind kind) {
		return this.changes.computeIfAbsent(kind, (same) -> this.before.map(kind).change());
	}

	DenyListSnapshot snapshot(long number) {
		Map<Target.Kind, PartedMap<Standing>> maps = new EnumMap<>(this.before.maps());
		this.changes.forEach((kind, change) -> maps.put(kind, change.map()));
		return new DenyListSnapshot(maps, this.lengths, number);
	}

}
