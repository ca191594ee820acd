package dev.ablyauth.revocation;

/**
 * The state of a row of the outbox, as the store names it.
 */
enum OutboxState {

	/** To be sent, again or for the first time. */
	WAITING,

	/** Taken by Ably. */
	REVOKED,

	/** Not taken by Ably for good, or not revocable by the settings. */
	REFUSED,

	/** Nothing that Ably could revoke. */
	NOTHING,

	/** Not sent for so long that its tokens end by themselves. */
	ENDED,

	/** A repeat that nobody wants any more. */
	CALLED_OFF

}
