package dev.ablyauth.issuing;

/**
 * Which form of token was called for.
 */
public enum Asked {

	/** An Ably JWT and nothing else. */
	JWT,

	/** A TokenRequest and nothing else. */
	TOKEN_REQUEST,

	/** Whichever fits. */
	ANY

}
