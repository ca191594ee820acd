package dev.ablyauth.ably;

import org.jspecify.annotations.Nullable;

/**
 * Which tokens were revoked within the last hour, or will be within a second. Asked for
 * each token, so it answers from memory.
 */
@FunctionalInterface
public interface RecentRevocations {

	/** Nothing was revoked. */
	RecentRevocations NONE = () -> (clientId, revocationKey) -> null;

	/**
	 * Returns what is known at this moment, and does not change any more. It is to be
	 * taken before the policy is read: a token that was decided by the old policy, and
	 * then made as young as a revocation that came in between, would outlast it.
	 * @return the revocations that are known now
	 */
	Known known();

	/**
	 * What was known at one moment.
	 */
	@FunctionalInterface
	interface Known {

		/**
		 * Finds the last revocation that a token would fall under.
		 * @param clientId of the token
		 * @param revocationKey of the token, or null
		 * @return the latest of all that are about it, or null
		 */
		@Nullable IssuedBefore latest(ClientId clientId, @Nullable RevocationKey revocationKey);

	}

}
