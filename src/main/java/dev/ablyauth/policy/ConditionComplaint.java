package dev.ablyauth.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.cel.common.CelIssue;

/**
 * Says in plain words what CEL complains about. Its parser lists the tokens of its
 * grammar, and one mistake makes it complain several times.
 */
final class ConditionComplaint {

	private static final Pattern SYNTAX = Pattern.compile("(?s)(mismatched|extraneous) input .*|missing .* at .*"
			+ "|no viable alternative .*|token recognition error .*|unsupported .*");

	private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.+)' \\(in container.*");

	private static final Pattern OVERLOAD = Pattern
		.compile("found no matching overload for '(.+?)' applied to '(.*?)'(?: \\(candidates: (.*)\\))?");

	private static final Pattern NOT_BOOL = Pattern.compile("expected type 'bool' but found '(.+)'");

	private static final Pattern NO_FIELDS = Pattern.compile("type '(.+)' does not support field selection");

	private static final Pattern CONSEQUENCE = Pattern.compile("Message type resolution failure.*");

	private static final String HAS = "has() asks for a claim, as in has(claims.team)";

	/** How its words begin, and ours. */
	private static final Map<String, String> WORDS = Map.of("For input string", "this number is too large",
			"expression does not select a field", HAS, "invalid argument to has() macro", HAS,
			"Expression recursion limit exceeded", "too many brackets or operators stand inside each other",
			"Regex validation failed", "this regular expression cannot be read", "timestamp validation failed",
			"this time cannot be read, expected one such as \"2026-01-01T12:00:00Z\"", "duration validation failed",
			"this duration cannot be read, expected one such as \"90s\"");

	private final String expression;

	ConditionComplaint(String expression) {
		this.expression = expression;
	}

	/** One flaw for each mistake; what follows from a mistake is left out. */
	List<Flaw> flaws(List<CelIssue> issues) {
		Optional<CelIssue> syntax = issues.stream().filter((issue) -> isSyntax(issue.getMessage())).findFirst();
		if (syntax.isPresent()) {
			return List.of(ConditionSyntax.flaw(this.expression, index(syntax.get()), syntax.get().getMessage()));
		}
		List<Flaw> functions = issues.stream().filter(this::isUnknownFunction).map(this::flaw).toList();
		return !functions.isEmpty() ? functions
				: issues.stream()
					.filter((issue) -> !CONSEQUENCE.matcher(issue.getMessage()).matches())
					.map(this::flaw)
					.toList();
	}

	private static boolean isSyntax(String message) {
		return SYNTAX.matcher(message).matches();
	}

	/** Where CEL sees it: lines from 1, columns from 0, in code points. */
	private int index(CelIssue issue) {
		int index = 0;
		for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
			index = this.expression.indexOf('\n', index) + 1;
		}
		int column = Math.max(0, issue.getSourceLocation().getColumn());
		int rest = this.expression.codePointCount(index, this.expression.length());
		return this.expression.offsetByCodePoints(index, Math.min(column, rest));
	}

	private boolean isUnknownFunction(CelIssue issue) {
		return UNDECLARED.matcher(issue.getMessage()).matches() && isAt(index(issue), '(');
	}

	/** CEL names the place of the bracket behind a name. */
	private boolean isAt(int index, char bracket) {
		return index < this.expression.length() && this.expression.charAt(index) == bracket;
	}

	private Flaw flaw(CelIssue issue) {
		int index = index(issue);
		String message = issue.getMessage();
		Matcher undeclared = UNDECLARED.matcher(message);
		if (undeclared.matches()) {
			return unknown(undeclared.group(1), index);
		}
		Matcher overload = OVERLOAD.matcher(message);
		if (overload.matches()) {
			return new Flaw(index, said(wrongTypes(overload)));
		}
		Matcher type = NOT_BOOL.matcher(message);
		if (type.matches()) {
			return new Flaw(0, said("it gives " + named(type.group(1)) + ", expected true or false"));
		}
		Matcher fields = NO_FIELDS.matcher(message);
		if (fields.matches()) {
			return new Flaw(index, said("there is nothing behind a dot in " + named(fields.group(1))));
		}
		return new Flaw(index,
				said(WORDS.entrySet()
					.stream()
					.filter((words) -> message.startsWith(words.getKey()))
					.map(Map.Entry::getValue)
					.findFirst()
					.orElse(named(message))));
	}

	private Flaw unknown(String name, int index) {
		if (isAt(index, '(')) {
			return new Flaw(Math.max(0, index - name.length()), said(ConditionNames.unknownFunction(name)));
		}
		if (isAt(index, '{')) {
			return new Flaw(Math.max(0, index - name.length()), said("there is no type " + Quoted.of(name)));
		}
		return new Flaw(index, said(ConditionNames.unknownName(this.expression, index, name)));
	}

	private static String said(String words) {
		return "is no condition: " + words;
	}

	private static String wrongTypes(Matcher overload) {
		String operator = overload.group(1).equals("@in") ? "in" : overload.group(1).replace("_", "");
		String types = named(overload.group(2));
		String hint = (operator.equals("contains") && types.startsWith("list"))
				? "; for a list write \"member\" in user.roles" : "";
		return "\"" + operator + "\" does not work with " + types + hint;
	}

	/** CEL's own name of a type, without where it comes from. */
	private static String named(String type) {
		return type.replace("google.protobuf.Timestamp", "timestamp").replace("google.protobuf.Duration", "duration");
	}

}
