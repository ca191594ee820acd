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
		Duration left = Duration.between(begins, this.until);
		return (left.compareTo(this.byAbly.duration()) < 0) ? new Lifetime(left, "draining key") : this.byAbly;
	}

}
