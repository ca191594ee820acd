package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.KeyName;

/**
 * What an instance knows of a key.
 *
 * @param name the public part of the key
 * @param use what it does here
 * @param tokensEnd in how many seconds the last token has ended that it may have signed,
 * as far as this instance knows
 * @param drained whether it is an old key whose {@code drain-until} is over
 */
public record KeyState(KeyName name, Use use, Duration tokensEnd, boolean drained) {

	static List<KeyState> of(KeyRing ring, Instant now) {
		return ring.known(now).stream().map((key) -> of(ring, key.name(), key.tokens().left(now), now)).toList();
	}

	private static KeyState of(KeyRing ring, KeyName name, Duration tokensEnd, Instant now) {
		if (ring.signing().name().equals(name)) {
			return new KeyState(name, Use.SIGNS, tokensEnd, false);
		}
		Optional<SigningKey> key = ring.named(name);
		Use use = key.map((old) -> old.drains(now) ? Use.DRAINS : Use.REVOKES).orElse(Use.FORMER);
		boolean drained = key.filter((old) -> old.drainUntil() != null && !old.drains(now)).isPresent();
		return new KeyState(name, use, tokensEnd, drained);
	}

	/**
	 * Tells whether the key can be deleted at Ably as far as this instance knows. No
	 * other place decides on it.
	 * @return whether it signs for nobody any more, and none of its tokens can live
	 */
	public boolean isSafeToRetire() {
		return this.use != Use.SIGNS && this.use != Use.DRAINS && this.tokensEnd.isZero();
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
