package dev.ablyauth.policy;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is wrong at the place where the parser of CEL stopped.
 */
final class ConditionSyntax {

	/** What other languages call CEL's operators. */
	private static final Map<String, String> MEANT = Map.ofEntries(Map.entry("and", "&&"), Map.entry("or", "||"),
			Map.entry("not", "!"), Map.entry("=", "=="), Map.entry("===", "=="), Map.entry("is", "=="),
			Map.entry("eq", "=="), Map.entry("!==", "!="), Map.entry("<>", "!="), Map.entry("&", "&&"),
			Map.entry("|", "||"), Map.entry("#", "//"));

	private static final Pattern TOKEN = Pattern.compile("[A-Za-z_]\\w*|[0-9.]+|[=!<>&|]+|\"[^\"]*\"?|'[^']*'?|(?s).");

	private static final Pattern WORD_BEFORE = Pattern.compile("(not|NOT)\\s+$");

	private static final Pattern MISSING = Pattern.compile("missing '(.+?)' at .*", Pattern.DOTALL);

	private ConditionSyntax() {
	}

	static Flaw flaw(String expression, int index, String message) {
		int start = start(expression, index);
		String token = token(expression, start);
		Matcher missing = MISSING.matcher(message);
		if (missing.matches()) {
			String where = token.isBlank() ? "at its end" : "before " + Quoted.of(token);
			return flaw(start, "there is no " + Quoted.of(missing.group(1)) + " " + where);
		}
		if (token.isBlank()) {
			return flaw(start, expression.isBlank() ? "there is nothing in it"
					: "it ends too early, something is missing or not closed");
		}
		return flaw(start, Quoted.of(token) + complaint(token));
	}

	private static Flaw flaw(int index, String words) {
		return new Flaw(index, "is no condition: " + words);
	}

	private static String complaint(String token) {
		boolean text = token.startsWith("\"") || token.startsWith("'");
		if (text && (token.length() == 1 || !token.endsWith(token.substring(0, 1)))) {
			return " is a text that is not closed";
		}
		if (text && token.indexOf('\\') >= 0) {
			return " has an escape that does not exist; a backslash is written \\\\";
		}
		String meant = MEANT.get(token.toLowerCase(Locale.ROOT));
		return " is not expected here" + ((meant != null) ? "; did you mean \"" + meant + "\"?" : "");
	}

	/** The parser may stop inside an operator, or behind a word that is none. */
	private static int start(String expression, int index) {
		int start = index;
		while (start > 0 && start < expression.length() && "=!<>&|".indexOf(expression.charAt(start)) >= 0
				&& "=!<>&|".indexOf(expression.charAt(start - 1)) >= 0) {
			start--;
		}
		Matcher before = WORD_BEFORE.matcher(expression.substring(0, start));
		return before.find() ? before.start() : start;
	}

	private static String token(String expression, int start) {
		Matcher token = TOKEN.matcher(expression).region(start, expression.length());
		return token.lookingAt() ? token.group() : "";
	}

}
