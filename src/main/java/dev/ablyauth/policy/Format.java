package dev.ablyauth.policy;

import java.util.Arrays;

/**
 * What a grant may be issued as, from the most open to the most closed: in a JWT the
 * client can read its capability at any time, in a TokenRequest once, in an Ably Token
 * never.
 */
public enum Format {

	/** A signed Ably JWT. */
	JWT("jwt"),

	/** A signed TokenRequest, which the client redeems at Ably. */
	TOKEN_REQUEST("token-request"),

	/** An opaque Ably Token, which the server itself gets from Ably. */
	ABLY_TOKEN("ably-token");

	private final String key;

	Format(String key) {
		this.key = key;
	}

	static Format of(String text) {
		return Arrays.stream(values())
			.filter((format) -> format.key.equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"is no format" + Nearest.expected(text, Arrays.stream(values()).map(Format::toString).toList())));
	}

	/**
	 * Returns the word in policy files, audit lines and metrics.
	 */
	@Override
	public String toString() {
		return this.key;
	}

}
