package dev.ablyauth.issuing;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a key may do: what the settings say, narrowed by what Ably has said. Until Ably
 * has said anything, the settings alone count.
 */
final class KeyCapability {

	private final Capability configured;

	private volatile @Nullable Capability byAbly;

	/** Null where settings and Ably have nothing in common. */
	private volatile @Nullable Capability current;

	/**
	 * Begins with what the settings say.
	 * @param configured what the settings say
	 */
	KeyCapability(Capability configured) {
		this.configured = configured;
		this.current = configured;
	}

	/** Returns what the same key may do by other settings. */
	KeyCapability by(Capability other) {
		KeyCapability same = new KeyCapability(other);
		Capability known = this.byAbly;
		if (known != null) {
			same.narrow(known);
		}
		return same;
	}

	/** Tells whether anything is left. */
	boolean allowsAnything() {
		return this.current != null;
	}

	/**
	 * Returns what the key may do.
	 * @throws Refused if that is nothing
	 */
	Capability capability() {
		Capability now = this.current;
		if (now == null) {
			throw new Refused(Reason.KEY_ALLOWS_NOTHING,
					"The API key of this server allows nothing of what its settings name.");
		}
		return now;
	}

	/**
	 * Replaces what Ably has said before.
	 * @param answer what Ably says that the key may do
	 * @return whether anything is left
	 */
	boolean narrow(Capability answer) {
		Capability left = this.configured.intersect(answer).orElse(null);
		this.byAbly = answer;
		this.current = left;
		return left != null;
	}

}
