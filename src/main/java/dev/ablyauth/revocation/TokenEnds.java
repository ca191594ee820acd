package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;

/**
 * When tokens have ended by themselves that nobody revokes. The one place that says so.
 *
 * @param keys all whose tokens may be out, not only the one that signs now; at least one
 * @param late how long after a denial a token can still come out
 */
record TokenEnds(TokenKeys keys, Duration late) {

	/** When the last token of a key has ended, of those that began until then. */
	Instant latest(TokenKey key, Instant begun) {
		return latest(key.longest(), begun);
	}

	/** The same for all keys. */
	Instant latest(Instant begun) {
		return latest(this.keys.current().stream().map(TokenKey::longest).max(Duration::compareTo).orElseThrow(),
				begun);
	}

	private Instant latest(Duration longest, Instant begun) {
		return begun.plus(this.late).plus(longest);
	}

}
