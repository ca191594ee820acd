package dev.ablyauth.standin;

import org.jspecify.annotations.Nullable;

/**
 * A token that the stand-in accepted on a connection.
 *
 * @param kind what sort of token it was
 * @param claims the JWT payload as the token carried it, or the TokenDetails of an opaque
 * token
 * @param capability what the token allows within the key, in canonical form
 * @param clientId the clientId of the token, {@code *} for the wildcard, null for an
 * anonymous token
 * @param keyName the name of the key that signed it
 */
public record Credential(Kind kind, String claims, String capability, @Nullable String clientId, String keyName) {

	/** The two sorts of token. */
	public enum Kind {

		/** An Ably JWT. */
		JWT,

		/** A token that the stand-in issued for a TokenRequest. */
		OPAQUE

	}

}
