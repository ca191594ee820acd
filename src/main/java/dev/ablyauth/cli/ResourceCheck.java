package dev.ablyauth.cli;

import java.util.List;

import dev.ablyauth.ably.Resource;

/**
 * Finds what is wrong with a resource. Source: Ably docs, auth/capabilities, "wildcards".
 */
final class ResourceCheck {

	private static final String WILDCARD = "*";

	private static final String DIRECTIVE = "::$";

	private ResourceCheck() {
	}

	static void judge(String resource, Report report) {
		String name = Printable.name(resource);
		int directive = resource.indexOf(DIRECTIVE);
		if (directive >= 0) {
			report.warn("directive",
					"The resource " + name + " matches nothing: Ably looks at names without their directive. Write "
							+ Printable.name(resource.substring(0, directive)) + ".");
		}
		try {
			Resource.parse(resource);
		}
		catch (IllegalArgumentException ex) {
			report.warn("resource", "The resource " + name + " cannot be: " + ex.getMessage() + ".");
			return;
		}
		String plain = resource.replaceFirst("^\\[(\\*|meta|queue)\\]", "");
		if (List.of(plain.split(":", -1)).stream().anyMatch((segment) -> isLiteral(segment))) {
			report.warn("literal-wildcard", "In the resource " + name
					+ " the * is a plain character: it is a wildcard only as a whole segment, as in ns:*.");
		}
	}

	private static boolean isLiteral(String segment) {
		return segment.contains(WILDCARD) && !segment.equals(WILDCARD);
	}

}
