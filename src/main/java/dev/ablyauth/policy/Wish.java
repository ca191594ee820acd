package dev.ablyauth.policy;

import java.time.Duration;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * What the client asked for. It can only narrow what the policy gives, never widen it;
 * Ably's own docs say that these parameters are not to be trusted.
 *
 * @param clientId who it wants to be, or null
 * @param ttl how long, or null
 * @param capability what, or null
 * @param keyName the key that it says its connection was made with, or null
 */
public record Wish(@Nullable ClientId clientId, @Nullable Duration ttl, @Nullable Capability capability,
		@Nullable KeyName keyName) {

	/** A client that asks for nothing in particular. */
	public static final Wish NONE = new Wish(null, null, null);

	/**
	 * A client that does not say which key it has.
	 * @param clientId who it wants to be, or null
	 * @param ttl how long, or null
	 * @param capability what, or null
	 */
	public Wish(@Nullable ClientId clientId, @Nullable Duration ttl, @Nullable Capability capability) {
		this(clientId, ttl, capability, null);
	}

}
