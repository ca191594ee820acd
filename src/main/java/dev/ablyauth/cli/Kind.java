package dev.ablyauth.cli;

/**
 * What a token can be.
 */
enum Kind {

	/** A JWT that an API key has signed. */
	ABLY_JWT("ably-jwt", "Ably JWT"),

	/** What a client redeems at Ably for a token. */
	TOKEN_REQUEST("token-request", "TokenRequest"),

	/** A JWT of an app with a token for Ably inside. */
	EMBEDDING_JWT("embedding-jwt", "JWT with a token for Ably inside"),

	/** A token that Ably made and only Ably can read. */
	ABLY_TOKEN("ably-token", "Ably Token");

	private final String code;

	private final String title;

	Kind(String code, String title) {
		this.code = code;
		this.title = title;
	}

	/** For programs. */
	String code() {
		return this.code;
	}

	/** For a person. */
	String title() {
		return this.title;
	}

}
