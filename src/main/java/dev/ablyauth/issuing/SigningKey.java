package dev.ablyauth.issuing;

import java.time.Duration;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.policy.Lifetime;

/**
 * The key that signs, with what it may do and how long its tokens may live: one immutable
 * object, so that a token is never made from two keys.
 *
 * @param key name and secret
 * @param keyCapability what the key itself may do
 * @param revocable whether its tokens can be revoked, for which Ably allows one hour
 */
record SigningKey(ApiKey key, KeyCapability keyCapability, boolean revocable) {

	private static final Lifetime LONGEST = new Lifetime(Duration.ofHours(24), "Ably");

	private static final Lifetime LONGEST_REVOCABLE = new Lifetime(Duration.ofHours(1), "revocable key");

	Capability capability() {
		return this.keyCapability.capability();
	}

	Lifetime longest() {
		return longest(this.revocable);
	}

	static Lifetime longest(boolean revocable) {
		return revocable ? LONGEST_REVOCABLE : LONGEST;
	}

}
