package dev.ablyauth.ably;

import java.util.regex.Pattern;

/**
 * A text that is used once: the {@code nonce} of a TokenRequest, the {@code jti} of a
 * JWT. Ably refuses one seen before with 40105.
 *
 * @param value 16 to 64 letters, digits, {@code _} and {@code -}
 */
public record Nonce(String value) {

	private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{16,64}");

	/**
	 * Refuses a text of another shape.
	 */
	public Nonce {
		if (!SHAPE.matcher(value).matches()) {
			throw new IllegalArgumentException("a nonce has 16 to 64 letters, digits, _ and -");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
