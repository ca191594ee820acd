package dev.ablyauth.ably;

import java.util.regex.Pattern;

/**
 * An Ably API key, {@code appId.keyId:secret}. Key name and secret are one immutable
 * object, so that a token is never signed with one key and named after another.
 */
public final class ApiKey {

	private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{8,256}");

	private final KeyName name;

	private final KeySecret secret;

	ApiKey(KeyName name, KeySecret secret) {
		this.name = name;
		this.secret = secret;
	}

	/**
	 * Reads a key as Ably's dashboard shows it. White space around it, as a file or a
	 * shell leaves it, is not part of the key.
	 * @param text {@code appId.keyId:secret}
	 * @return the key
	 * @throws IllegalArgumentException if it is no key; the message never repeats any of
	 * it
	 */
	public static ApiKey parse(String text) {
		String key = text.strip();
		int colon = key.indexOf(':');
		if (colon < 0) {
			throw new IllegalArgumentException(
					"is not an Ably API key of the form appId.keyId:secret: it has no colon");
		}
		String secret = key.substring(colon + 1);
		if (!SECRET.matcher(secret).matches()) {
			throw new IllegalArgumentException("is not an Ably API key of the form appId.keyId:secret: after the colon,"
					+ " 8 or more letters, digits, _ and - are expected (the text is not shown, it may be a secret)");
		}
		return new ApiKey(keyName(key.substring(0, colon)), new KeySecret(secret));
	}

	private static KeyName keyName(String text) {
		try {
			return new KeyName(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"is not an Ably API key of the form appId.keyId:secret: before the colon,"
							+ " two words of letters, digits, _ and - joined by a dot are expected",
					ex);
		}
	}

	/**
	 * Returns the public part.
	 * @return the key name
	 */
	public KeyName name() {
		return this.name;
	}

	/**
	 * Returns the private part, which only the signers can read.
	 * @return the key secret
	 */
	public KeySecret secret() {
		return this.secret;
	}

	@Override
	public String toString() {
		return "ApiKey(" + this.name + ")";
	}

}
