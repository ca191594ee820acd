package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.Lifetime;

/**
 * The key that signs for a client.
 *
 * @param key the key
 * @param capability what all keys that sign allow
 * @param byAbly how long Ably lets tokens of each key that signs live, the least of them
 * @param until when its tokens end at the latest
 */
record ChosenKey(SigningKey key, Capability capability, Lifetime byAbly, Instant until) {

	Grant cut(Grant granted) {
		return granted.within(this.capability);
	}

	/** Returns how long a token that begins at a time may live. */
	Lifetime longest(Instant begins) {
		// Compared as times: the time until one that never comes is too long to be
		// counted in nanoseconds, which costs an exception inside of the JDK.
		return this.until.isBefore(begins.plus(this.byAbly.duration()))
				? new Lifetime(Duration.between(begins, this.until), "draining key") : this.byAbly;
	}

}
