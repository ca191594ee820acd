package dev.ablyauth.ably;

/**
 * Why tokens were not revoked, as far as it makes a difference to what can be done.
 * Codes: Ably docs, errors/codes.
 */
public enum RevocationFailure {

	/** Revocable tokens are not switched on for the key, or this kind of target. */
	NOT_REVOCABLE,

	/** It is not the key that issued the tokens. */
	WRONG_KEY,

	/** The key was revoked at Ably, and its tokens with it. */
	KEY_REVOKED,

	/** Ably does not take the key: a wrong secret, or it does not know the key. */
	BAD_CREDENTIALS,

	/** Ably does not take the target or the time, and will not later. */
	INVALID,

	/** More calls than Ably allows; the same call is good later. */
	RATE_LIMITED,

	/** No answer, or none that can be used; the same call may be good later. */
	UNAVAILABLE;

	private static final int UNAUTHORIZED = 401;

	private static final int FORBIDDEN = 403;

	private static final int NOT_FOUND = 404;

	private static final int BAD_REQUEST = 400;

	private static final int TOO_MANY_REQUESTS = 429;

	/** The first three digits of most codes are an HTTP status. */
	private static final int STATUS_OF_CODE = 100;

	/**
	 * Tells what an error of Ably means.
	 * @param status the HTTP status, or 0
	 * @param code Ably's code, or 0
	 * @return the failure; what is not known here is {@link #UNAVAILABLE}, so that nobody
	 * gives up for a code that Ably brings later
	 */
	public static RevocationFailure of(int status, int code) {
		return switch (code) {
			case 40121, 40163, 40164 -> NOT_REVOCABLE;
			case 40133 -> WRONG_KEY;
			case 40131 -> KEY_REVOKED;
			case 40005 -> BAD_CREDENTIALS;
			case 40115 -> RATE_LIMITED;
			// The answer that older clients get, which can be read by nobody here.
			case 40020 -> UNAVAILABLE;
			default -> byStatus((code >= BAD_REQUEST * STATUS_OF_CODE) ? code / STATUS_OF_CODE : status);
		};
	}

	private static RevocationFailure byStatus(int status) {
		return switch (status) {
			case BAD_REQUEST -> INVALID;
			case UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> BAD_CREDENTIALS;
			case TOO_MANY_REQUESTS -> RATE_LIMITED;
			default -> UNAVAILABLE;
		};
	}

	/**
	 * Tells whether the same call may be good later. That of a key that Ably does not
	 * take is: a wrong secret is soon replaced, and whoever stands on the way to Ably can
	 * answer like that too.
	 * @return whether it makes sense to try again
	 */
	public boolean passes() {
		return this == RATE_LIMITED || this == UNAVAILABLE || this == BAD_CREDENTIALS;
	}

}
