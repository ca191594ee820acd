package dev.ablyauth.revocation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * A map that never changes, in a thousand parts. One that differs in a few entries shares
 * all parts but theirs, so that a change costs little, however many entries there are.
 *
 * @param <V> what is kept for each key
 */
final class PartedMap<V> {

	private static final int PARTS = 1024;

	/** Spreads the hash of a key over its high bits, which decide on the part. */
	private static final int SPREAD = 0x9E3779B9;

	private final Map<Object, V>[] parts;

	@SuppressWarnings({ "unchecked", "rawtypes" }) // arrays know nothing of V
	PartedMap() {
		this.parts = new Map[PARTS];
		Arrays.fill(this.parts, Map.of());
	}

	private PartedMap(Map<Object, V>[] parts) {
		this.parts = parts;
	}

	@Nullable V get(Object key) {
		return this.parts[part(key)].get(key);
	}

	int size() {
		return Arrays.stream(this.parts).mapToInt(Map::size).sum();
	}

	Change change() {
		return new Change();
	}

	private static int part(Object key) {
		return (key.hashCode() * SPREAD) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PARTS));
	}

	/** Collects changes, and makes the map that has them. */
	final class Change {

		private final Map<Object, V>[] changed = PartedMap.this.parts.clone();

		/** As {@link Map#compute}: what becomes null is removed. */
		void compute(Object key, BiFunction<Object, V, V> remapping) {
			own(part(key)).compute(key, remapping);
		}

		/** Does so for all that is there. */
		void computeAll(BiFunction<Object, V, V> remapping) {
			for (int part = 0; part < PARTS; part++) {
				for (Object key : this.changed[part].keySet().toArray()) {
					own(part).compute(key, remapping);
				}
			}
		}

		private Map<Object, V> own(int part) {
			if (this.changed[part] == PartedMap.this.parts[part]) {
				this.changed[part] = new HashMap<>(this.changed[part]);
			}
			return this.changed[part];
		}

		PartedMap<V> map() {
			return new PartedMap<>(this.changed);
		}

	}

}
