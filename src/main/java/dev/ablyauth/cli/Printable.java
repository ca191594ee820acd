package dev.ablyauth.cli;

/**
 * Texts out of a token, made safe to print: they can be anybody's, and a terminal obeys
 * control characters.
 */
final class Printable {

	private Printable() {
	}

	/** In quotes, with everything that cannot be seen written as its code. */
	static String quoted(String text) {
		StringBuilder safe = new StringBuilder("\"");
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			if (codePoint == '"' || codePoint == '\\') {
				safe.append('\\').appendCodePoint(codePoint);
			}
			else if (isVisible(codePoint)) {
				safe.appendCodePoint(codePoint);
			}
			else {
				safe.append(String.format((codePoint > Character.MAX_VALUE) ? "\\u{%x}" : "\\u%04x", codePoint));
			}
			i += Character.charCount(codePoint);
		}
		return safe.append('"').toString();
	}

	/** Lines as they are, and in them everything that cannot be seen as {@code ?}. */
	static String lines(String text) {
		StringBuilder safe = new StringBuilder();
		text.codePoints().forEach((c) -> safe.appendCodePoint((c == '\n' || isVisible(c)) ? c : '?'));
		return safe.toString();
	}

	/** Without quotes if no reader can take it for something else. */
	static String name(String text) {
		boolean isPlain = !text.isEmpty() && text.codePoints()
			.allMatch((c) -> isVisible(c) && !Character.isSpaceChar(c) && "\"'\\,;".indexOf(c) < 0);
		return isPlain ? text : quoted(text);
	}

	private static boolean isVisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
				false;
			default -> true;
		};
	}

}
