package dev.ablyauth.ably;

/**
 * Whose tokens are revoked: {@code clientId:x} or {@code revocationKey:x}. Ably's third
 * kind, {@code channel:x}, must be enabled by Ably for an app, and is not used here.
 * Source: Ably docs, auth/revocation; spec RSA17.
 *
 * @param kind which property of a token counts
 * @param value its value; a clientId is never the wildcard, because its tokens can only
 * be reached by their revocation key
 */
public record TargetSpecifier(Kind kind, String value) {

	/**
	 * Refuses what {@link ClientId} or {@link RevocationKey} refuses.
	 */
	public TargetSpecifier {
		switch (kind) {
			case CLIENT_ID -> value = ClientId.of(value).value();
			case REVOCATION_KEY -> value = new RevocationKey(value).value();
		}
	}

	/**
	 * Means the tokens of a client.
	 * @param clientId not the wildcard
	 * @return the target
	 */
	public static TargetSpecifier of(ClientId clientId) {
		return new TargetSpecifier(Kind.CLIENT_ID, clientId.value());
	}

	/**
	 * Means the tokens with a revocation key.
	 * @param key the key
	 * @return the target
	 */
	public static TargetSpecifier of(RevocationKey key) {
		return new TargetSpecifier(Kind.REVOCATION_KEY, key.value());
	}

	/**
	 * Reads a target as Ably writes it.
	 * @param text the kind, a colon, and the value, which may have colons of its own
	 * @return the target
	 * @throws IllegalArgumentException if it is none; the message does not repeat it
	 */
	public static TargetSpecifier parse(String text) {
		for (Kind kind : Kind.values()) {
			if (text.startsWith(kind.prefix)) {
				return new TargetSpecifier(kind, text.substring(kind.prefix.length()));
			}
		}
		throw new IllegalArgumentException("must begin with clientId: or revocationKey:");
	}

	/**
	 * Returns the text for the wire.
	 * @return kind, colon, value
	 */
	public String text() {
		return this.kind.prefix + this.value;
	}

	@Override
	public String toString() {
		return text();
	}

	/**
	 * The property of a token that counts.
	 */
	public enum Kind {

		/** The clientId of the token. */
		CLIENT_ID("clientId:"),

		/** The revocation key of an Ably JWT. */
		REVOCATION_KEY("revocationKey:");

		private final String prefix;

		Kind(String prefix) {
			this.prefix = prefix;
		}

	}

}
