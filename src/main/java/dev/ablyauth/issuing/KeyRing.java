package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * All keys at one moment; nothing about it changes but what Ably says of a key and which
 * tokens live. A request takes one ring and uses no other.
 */
final class KeyRing {

	/** In the order of the settings; the same key may be there twice. */
	private final List<SigningKey> places;

	private final Map<KeyName, SigningKey> keys = new LinkedHashMap<>();

	/** Of keys that are in no place any more. */
	private final Map<KeyName, LivingTokens> former;

	private final Instant lastDrain;

	/**
	 * Creates a ring.
	 * @param places at least one key; the first one signs for newcomers
	 * @param former the tokens of keys that were in a ring before
	 */
	KeyRing(List<SigningKey> places, Map<KeyName, LivingTokens> former) {
		this.places = List.copyOf(places);
		this.former = new HashMap<>(former);
		this.places.forEach((key) -> this.keys.putIfAbsent(key.name(), key));
		this.keys.keySet().forEach(this.former::remove);
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
		Capability all = signing().capability();
		for (SigningKey old : draining(time)) {
			all = all.intersect(old.capability())
				.orElseThrow(() -> new Refused(Reason.KEY_ALLOWS_NOTHING,
						"The API keys of this server that sign allow nothing in common."));
		}
		return all;
	}

	/** Returns the tokens of all keys that are or were here, by the name of the key. */
	Map<KeyName, LivingTokens> tokens() {
		Map<KeyName, LivingTokens> tokens = new LinkedHashMap<>();
		this.keys.forEach((name, key) -> tokens.put(name, key.tokens()));
		tokens.putAll(this.former);
		return tokens;
	}

	@Override
	public String toString() {
		return this.keys.keySet().toString();
	}

}
