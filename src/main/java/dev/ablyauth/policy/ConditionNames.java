package dev.ablyauth.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.parser.CelStandardMacro;

/**
 * The names that a condition may use, to say which one was meant by a name that does not
 * exist.
 */
final class ConditionNames {

	private static final Set<String> FUNCTIONS = new TreeSet<>(Stream
		.concat(Arrays.stream(StandardFunction.values()).map(StandardFunction::functionName),
				CelStandardMacro.STANDARD_MACROS.stream().map(CelStandardMacro::getFunction))
		.filter((name) -> name.matches("[A-Za-z_]*[a-z]"))
		.toList());

	private static final List<String> NAMES = Stream.concat(Facts.NAMES.stream(), Stream.of("claims.NAME")).toList();

	private static final Pattern PATH = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)?");

	private ConditionNames() {
	}

	/** What to say of a function that does not exist. */
	static String unknownFunction(String name) {
		return "there is no function " + Quoted.of(name) + Nearest.hint(name, FUNCTIONS);
	}

	/** What to say of a name that does not exist, with the step behind it. */
	static String unknownName(String expression, int index, String name) {
		String path = Optional.of(PATH.matcher(expression).region(index, expression.length()))
			.filter(Matcher::lookingAt)
			.map(Matcher::group)
			.filter((found) -> found.startsWith(name))
			.orElse(name);
		String hint = expression.substring(0, index).endsWith("-")
				? "; a claim with - in its name is written claims[\"app-role\"]" : hint(path, name);
		return "there is no " + Quoted.shortened(path) + ", expected one of " + String.join(", ", NAMES) + hint;
	}

	/** A word alone is probably a claim, and so is the end of {@code claim.team}. */
	private static String hint(String path, String root) {
		String step = path.substring(path.indexOf('.') + 1);
		List<String> beside = Facts.NAMES.stream().filter((name) -> name.startsWith(root + ".")).toList();
		boolean claim = path.equals(root) || Nearest.to(root, List.of(Facts.CLAIMS)).isPresent();
		Optional<String> meant = beside.isEmpty()
				? Nearest.to(path, Facts.NAMES).or(() -> Optional.of("claims." + step).filter((any) -> claim))
				: beside.stream()
					.filter((name) -> Nearest.to(step, List.of(name.substring(name.indexOf('.') + 1))).isPresent())
					.findFirst();
		return meant.map((name) -> "; did you mean \"" + name + "\"?").orElse("");
	}

}
