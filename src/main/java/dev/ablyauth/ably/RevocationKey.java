package dev.ablyauth.ably;

/**
 * The handle by which a group of tokens can be revoked together. Only an Ably JWT has
 * one. Source: Ably docs, auth/revocation.
 *
 * @param value 1 to 256 characters without controls, line breaks and lone surrogates
 */
public record RevocationKey(String value) {

	private static final int MAX_LENGTH = 256;

	/**
	 * Refuses what Ably refuses (40144 for an empty one), and what could not be written
	 * down in one line.
	 */
	public RevocationKey {
		if (value.isEmpty() || value.length() > MAX_LENGTH || !Text.isClean(value)) {
			throw new IllegalArgumentException("must have 1 to " + MAX_LENGTH
					+ " characters, and no control characters, line breaks or half characters");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
