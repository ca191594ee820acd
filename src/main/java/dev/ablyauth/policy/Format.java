package dev.ablyauth.policy;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a grant may be issued as, from the most open to the most closed: in a JWT the
 * client can read its capability at any time, in a TokenRequest once.
 */
public enum Format {

	/** A signed Ably JWT. */
	JWT("jwt"),

	/** A signed TokenRequest, which the client redeems at Ably. */
	TOKEN_REQUEST("token-request");

	private final String key;

	Format(String key) {
		this.key = key;
	}

	static Format of(String text) {
		return Arrays.stream(values())
			.filter((format) -> format.key.equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("is no format, expected one of "
					+ Arrays.stream(values()).map(Format::toString).collect(Collectors.joining(", "))));
	}

	/**
	 * Returns the word in policy files, audit lines and metrics.
	 */
	@Override
	public String toString() {
		return this.key;
	}

}
