package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * All keys at one moment; nothing about it changes but what Ably says of a key and which
 * tokens live. A request takes one ring and uses no other.
 */
final class KeyRing {

	/** In the order of the settings; the same key may be there twice. */
	private final List<SigningKey> places;

	private final Map<KeyName, SigningKey> keys = new LinkedHashMap<>();

	/** Those that are in no place any more. */
	private final List<FormerKey> former;

	private final Instant lastDrain;

	private volatile @Nullable CommonCapability common;

	/**
	 * Creates a ring.
	 * @param places at least one key; the first one signs for newcomers
	 * @param former keys that were in a ring before; those that are in a place again do
	 * not count
	 */
	KeyRing(List<SigningKey> places, List<FormerKey> former) {
		this.places = List.copyOf(places);
		this.places.forEach((key) -> this.keys.putIfAbsent(key.name(), key));
		this.former = former.stream().filter((gone) -> !this.keys.containsKey(gone.key().name())).toList();
		this.lastDrain = this.keys.values()
			.stream()
			.map(SigningKey::drainUntil)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(Instant.MIN);
	}

	/** Returns the key that signs for newcomers. */
	SigningKey signing() {
		return this.places.get(0);
	}

	/** Returns each key once, the one that signs for newcomers first. */
	List<SigningKey> keys() {
		return List.copyOf(this.keys.values());
	}

	/** Returns the keys that sign for anybody, or did so while they drained. */
	List<SigningKey> signers() {
		return this.keys.values().stream().filter((key) -> key.equals(signing()) || key.drainUntil() != null).toList();
	}

	SigningKey inPlace(int place) {
		return this.places.get(place);
	}

	Optional<SigningKey> named(KeyName name) {
		return Optional.ofNullable(this.keys.get(name));
	}

	/**
	 * Returns the keys that go on signing for those who have them, at a time and later.
	 */
	List<SigningKey> draining(Instant time) {
		if (!this.lastDrain.isAfter(time)) {
			return List.of();
		}
		List<SigningKey> draining = new ArrayList<>(this.keys.values());
		draining.remove(0);
		draining.removeIf((key) -> !key.drains(time) || !key.keyCapability().allowsAnything());
		return draining;
	}

	/**
	 * Returns what all keys that sign allow, so that nobody's rights change with the key.
	 * @throws Refused if that is nothing
	 */
	Capability capability(Instant time) {
		List<SigningKey> draining = draining(time);
		if (draining.isEmpty()) {
			return signing().capability();
		}
		List<Capability> each = new ArrayList<>();
		each.add(signing().capability());
		draining.forEach((old) -> each.add(old.capability()));
		CommonCapability known = this.common;
		if (known == null || !known.isOf(each)) {
			// A drain has ended, or Ably has said something else of a key.
			known = CommonCapability.of(each);
			this.common = known;
		}
		return known.orRefused();
	}

	/** Returns the keys that are in no place any more and of which tokens may live. */
	List<FormerKey> former(Instant now) {
		return this.former.stream().filter((gone) -> gone.mayHaveTokens(now)).toList();
	}

	/** Returns each key of which tokens may live, those that are in no place last. */
	List<SigningKey> known(Instant now) {
		List<SigningKey> known = new ArrayList<>(this.keys.values());
		former(now).forEach((gone) -> known.add(gone.key()));
		return known;
	}

	@Override
	public String toString() {
		return this.keys.keySet().toString();
	}

}
