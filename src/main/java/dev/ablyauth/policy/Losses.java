package dev.ablyauth.policy;

import dev.ablyauth.ably.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What a client does not get.
 *
 * @param ofWish what it asked for and neither policy nor key gives, or null
 * @param toKey what the policy gives and the key does not allow, or null
 */
public record Losses(@Nullable Capability ofWish, @Nullable Capability toKey) {

	/** Nothing is lost. */
	static final Losses NONE = new Losses(null, null);

	/**
	 * Tells whether something is lost.
	 * @return whether the client is to be told
	 */
	public boolean any() {
		return this.ofWish != null || this.toKey != null;
	}

}
