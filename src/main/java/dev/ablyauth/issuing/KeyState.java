package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.ablyauth.ably.KeyName;

/**
 * What an instance knows of a key.
 *
 * @param name the public part of the key
 * @param use what it does here
 * @param tokensEnd how long the last token lives that this instance issued with it
 */
public record KeyState(KeyName name, Use use, Duration tokensEnd) {

	static List<KeyState> of(KeyRing ring, Instant now) {
		return ring.known(now)
			.stream()
			.map((key) -> new KeyState(key.name(), use(ring, key.name(), now), key.tokens().left(now)))
			.toList();
	}

	private static Use use(KeyRing ring, KeyName name, Instant now) {
		if (ring.signing().name().equals(name)) {
			return Use.SIGNS;
		}
		return ring.named(name).map((key) -> key.drains(now) ? Use.DRAINS : Use.REVOKES).orElse(Use.FORMER);
	}

	/**
	 * Tells whether the key can be deleted at Ably as far as this instance knows.
	 * @return whether it signs for no newcomer, and none of its tokens lives
	 */
	public boolean isSafeToRetire() {
		return this.use != Use.SIGNS && this.tokensEnd.isZero();
	}

	/**
	 * What a key does.
	 */
	public enum Use {

		/** Signs for newcomers. */
		SIGNS,
		/** Signs for those who have it. */
		DRAINS,
		/** Signs for nobody; its tokens can be revoked. */
		REVOKES,
		/** Is in no settings and no file any more; its tokens can be revoked. */
		FORMER

	}

}
