package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.policy.Lifetime;
import org.jspecify.annotations.Nullable;

/**
 * A key, with what it may do and how long its tokens may live: one immutable object, so
 * that a token is never made from two keys.
 *
 * @param key name and secret
 * @param keyCapability what the key itself may do
 * @param revocable whether its tokens can be revoked, for which Ably allows one hour
 * @param drainUntil until when it signs for those who have it; null for the first key,
 * which signs for newcomers, and for one that signs for nobody
 * @param ably what can be asked of Ably with it
 * @param tokens which of its tokens may live
 */
record SigningKey(ApiKey key, KeyCapability keyCapability, boolean revocable, @Nullable Instant drainUntil,
		KeyAtAbly ably, LivingTokens tokens) {

	static final Lifetime LONGEST = new Lifetime(Duration.ofHours(24), "Ably");

	private static final Lifetime LONGEST_REVOCABLE = new Lifetime(Duration.ofHours(1), "revocable key");

	KeyName name() {
		return this.key.name();
	}

	Capability capability() {
		return this.keyCapability.capability();
	}

	Lifetime longest() {
		return longest(this.revocable);
	}

	static Lifetime longest(boolean revocable) {
		return revocable ? LONGEST_REVOCABLE : LONGEST;
	}

	/** Tells whether it goes on signing for those who have it, at a time and later. */
	boolean drains(Instant time) {
		return this.drainUntil != null && this.drainUntil.isAfter(time);
	}

}
