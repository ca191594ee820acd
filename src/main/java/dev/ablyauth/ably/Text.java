package dev.ablyauth.ably;

import java.util.Map;

/**
 * What the texts of this room may hold.
 */
public final class Text {

	private Text() {
	}

	/**
	 * Tells whether a text can be signed and sent without two different texts becoming
	 * one: no controls or line breaks (a newline forges the signed text of a
	 * TokenRequest), and no lone surrogates (they all become {@code ?} in UTF-8).
	 * @param text any text
	 * @return whether it is clean
	 */
	public static boolean isClean(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
				i++;
			}
			else if (Character.isSurrogate(c) || Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
				return false;
			}
		}
		return true;
	}

	/** A JSON object in the order of the map, of texts and numbers. */
	static String json(Map<String, ?> members) {
		StringBuilder json = new StringBuilder();
		members.forEach((name, value) -> {
			json.append(json.isEmpty() ? '{' : ',');
			appendJson(json, name);
			json.append(':');
			if (value instanceof String text) {
				appendJson(json, text);
			}
			else {
				json.append(value);
			}
		});
		return json.append('}').toString();
	}

	/**
	 * Appends a text as a JSON string: non-ASCII raw, slash not escaped, as Ably's
	 * canonical capability wants it.
	 */
	static void appendJson(StringBuilder json, String text) {
		json.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				json.append('\\').append(c);
			}
			else if (c < ' ') {
				json.append(String.format("\\u%04x", (int) c));
			}
			else {
				json.append(c);
			}
		}
		json.append('"');
	}

}
