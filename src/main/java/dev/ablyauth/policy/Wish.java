package dev.ablyauth.policy;

import java.time.Duration;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import org.jspecify.annotations.Nullable;

/**
 * What the client asked for. It can only narrow what the policy gives, never widen it;
 * Ably's own docs say that these parameters are not to be trusted.
 *
 * @param clientId who it wants to be, or null
 * @param ttl how long, or null
 * @param capability what, or null
 */
public record Wish(@Nullable ClientId clientId, @Nullable Duration ttl, @Nullable Capability capability) {

	/** A client that asks for nothing in particular. */
	public static final Wish NONE = new Wish(null, null, null);

}
