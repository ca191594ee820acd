package dev.ablyauth.standin;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A token whose every check has passed.
 *
 * @param credential what a test may see of it
 * @param capability what it allows within the key
 * @param issued when it was issued; whole seconds for a JWT, milliseconds for another
 * @param expires when it ends
 * @param revocationKey of a JWT, or null
 */
record VerifiedToken(Credential credential, StandInCapability capability, Instant issued, Instant expires,
		@Nullable String revocationKey) {

	boolean allows(String channel, String operation) {
		return this.capability.allows(ChannelName.resource(channel), operation);
	}

	/** Refuses an operation on a channel with 40160 when the capability lacks it. */
	void require(String channel, String operation) {
		if (!allows(channel, operation)) {
			throw new Refused(40160, 401, "No " + operation + " on this channel in the given capability");
		}
	}

}
