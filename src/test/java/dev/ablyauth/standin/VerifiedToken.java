package dev.ablyauth.standin;

import java.time.Instant;

/**
 * A token whose every check has passed.
 *
 * @param credential what a test may see of it
 * @param capability what it allows within the key
 * @param expires when it ends
 */
record VerifiedToken(Credential credential, StandInCapability capability, Instant expires) {

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
