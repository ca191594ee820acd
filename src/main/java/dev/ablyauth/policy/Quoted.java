package dev.ablyauth.policy;

/**
 * Shows a text of the file inside a message: in quotes, and not longer than a line.
 */
final class Quoted {

	private static final int LONGEST = 80;

	private Quoted() {
	}

	static String of(String text) {
		char quote = (text.indexOf('"') >= 0 && text.indexOf('\'') < 0) ? '\'' : '"';
		return quote + shortened(text) + quote;
	}

	/** Cuts what is too long between two characters, not inside one. */
	static String shortened(String text) {
		return (text.length() <= LONGEST) ? text
				: text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST - 3))) + "...";
	}

}
