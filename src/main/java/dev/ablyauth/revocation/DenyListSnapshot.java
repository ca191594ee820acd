package dev.ablyauth.revocation;

import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The deny-list after one change and before the next. Never changes, so that one decision
 * about a token is made by one list.
 */
public final class DenyListSnapshot {

	private final Map<Target.Kind, PartedMap<Standing>> standing;

	private final BitSet lengths;

	private final long number;

	DenyListSnapshot(Map<Target.Kind, PartedMap<Standing>> standing, BitSet lengths, long number) {
		this.standing = standing;
		this.lengths = lengths;
		this.number = number;
	}

	/**
	 * Looks for a denial. No I/O and no lock.
	 * @param kind what the value is
	 * @param value whatever a request has; for an address, one address
	 * @param now the time
	 * @return a denial that stands, or empty
	 */
	public Optional<DenialId> find(Target.Kind kind, String value, Instant now) {
		PartedMap<Standing> map = map(kind);
		long time = now.toEpochMilli();
		return Optional.ofNullable((kind == Target.Kind.ADDRESS) ? findAddress(map, value, time)
				: Standing.standing(map.get(value), time));
	}

	/** Asks once for each length that a range has or had. */
	private @Nullable DenialId findAddress(PartedMap<Standing> map, String value, long now) {
		if (this.lengths.isEmpty()) {
			return null;
		}
		AddressRange address = AddressRange.address(value);
		DenialId found = null;
		for (int length = this.lengths.nextSetBit(0); address != null && found == null
				&& length >= 0; length = this.lengths.nextSetBit(length + 1)) {
			found = Standing.standing(map.get(address.masked(length)), now);
		}
		return found;
	}

	/**
	 * Returns the last change that is in it.
	 * @return a number that grows with each change
	 */
	public long number() {
		return this.number;
	}

	/**
	 * Counts the targets.
	 * @return how many there are, also those whose denials are over by their own end
	 */
	public int size() {
		return this.standing.values().stream().mapToInt(PartedMap::size).sum();
	}

	PartedMap<Standing> map(Target.Kind kind) {
		return Objects.requireNonNull(this.standing.get(kind));
	}

	Map<Target.Kind, PartedMap<Standing>> maps() {
		return this.standing;
	}

	BitSet lengths() {
		return this.lengths;
	}

}
