package dev.ablyauth.policy;

/**
 * The characters that a value of the user may have inside a name: UUIDs, Auth0 ids and
 * e-mail addresses fit, and nothing that Ably gives a meaning. What does not fit is
 * refused and never changed, because changing makes two people one.
 */
final class SafeText {

	private static final int MAX_LENGTH = 128;

	private static final String PUNCTUATION = "._~@|=+-";

	private SafeText() {
	}

	static boolean isSafe(String value) {
		boolean safe = !value.isEmpty() && value.length() <= MAX_LENGTH;
		for (int i = 0; safe && i < value.length(); i++) {
			safe = isSafe(value.charAt(i));
		}
		return safe;
	}

	private static boolean isSafe(int c) {
		return isWord(c) || PUNCTUATION.indexOf(c) >= 0;
	}

	static boolean isWord(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
	}

}
