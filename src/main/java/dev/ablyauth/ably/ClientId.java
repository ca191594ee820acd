package dev.ablyauth.ably;

/**
 * A trusted identity, as Ably writes it on every message of a client. Kept byte for byte:
 * no trimming, no change of case, no normalisation. Source: Ably docs,
 * auth/identified-clients; spec RSA7c.
 */
public final class ClientId {

	/**
	 * The longest clientId, in Unicode code points.
	 */
	private static final int MAX_LENGTH = 256;

	private static final ClientId WILDCARD = new ClientId("*");

	private final String value;

	private ClientId(String value) {
		this.value = value;
	}

	/**
	 * Makes an identity.
	 * @param value 1 to 256 code points without controls, line breaks, {@code *}, lone
	 * surrogates and outer white space
	 * @return the clientId
	 * @throws IllegalArgumentException if it is not; the message does not repeat it
	 */
	public static ClientId of(String value) {
		if (value.isEmpty() || value.codePointCount(0, value.length()) > MAX_LENGTH) {
			throw new IllegalArgumentException("must have 1 to " + MAX_LENGTH + " characters");
		}
		if (value.indexOf('*') >= 0 || !Text.isClean(value)) {
			throw new IllegalArgumentException(
					"must not contain *, control characters, line breaks or half characters");
		}
		if (isSpace(value.codePointAt(0)) || isSpace(value.codePointBefore(value.length()))) {
			throw new IllegalArgumentException("must not begin or end with white space");
		}
		return new ClientId(value);
	}

	private static boolean isSpace(int codePoint) {
		return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
	}

	/**
	 * Returns the clientId {@code *}: not an identity, but the right to assume any. Spec:
	 * RSA7b4.
	 * @return the wildcard
	 */
	public static ClientId wildcard() {
		return WILDCARD;
	}

	/**
	 * Returns the text for the wire.
	 * @return the clientId as a string
	 */
	public String value() {
		return this.value;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ClientId that && this.value.equals(that.value);
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
