package dev.ablyauth.ably;

import java.util.regex.Pattern;

/**
 * The public part of an API key, {@code appId.keyId}: the {@code kid} of a JWT and the
 * {@code keyName} of a TokenRequest. Source: Ably docs, api/token-request-spec.
 *
 * @param value the text before the first colon of the key
 */
public record KeyName(String value) {

	private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{2,64}\\.[A-Za-z0-9_-]{2,64}");

	/**
	 * Refuses anything that is not two words of letters, digits, {@code _} and {@code -}
	 * joined by a dot.
	 */
	public KeyName {
		if (!SHAPE.matcher(value).matches()) {
			throw new IllegalArgumentException("is not a key name of the form appId.keyId");
		}
	}

	/**
	 * Returns the app of this key; all keys of one server belong to one app.
	 * @return the text before the dot
	 */
	public String appId() {
		return this.value.substring(0, this.value.indexOf('.'));
	}

	@Override
	public String toString() {
		return this.value;
	}

}
