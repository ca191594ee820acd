package dev.ablyauth.ably;

/**
 * Revokes tokens at Ably with the key that issued them.
 */
public interface TokenRevoker {

	/**
	 * Returns the key whose tokens it can revoke.
	 * @return the public part of the key
	 */
	KeyName key();

	/**
	 * Asks Ably to revoke tokens, and waits for the answer or for the end of its
	 * patience. Can be asked again, because a revocation does the same thing twice.
	 * @param revocation what to revoke
	 * @return what became of each target; never an exception because of what Ably does
	 */
	RevocationResult revoke(Revocation revocation);

}
