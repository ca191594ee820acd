package dev.ablyauth.ably;

import java.time.Instant;

/**
 * What became of one target of a revocation.
 */
public sealed interface TargetResult {

	/**
	 * The tokens are revoked, or will be.
	 *
	 * @param appliesAt from when on Ably refuses them
	 */
	record Revoked(Instant appliesAt) implements TargetResult {

	}

	/**
	 * They are not, or nobody knows.
	 *
	 * @param reason what can be done about it
	 * @param code Ably's code, or 0 where Ably gave none
	 */
	record Failed(RevocationFailure reason, int code) implements TargetResult {

	}

}
