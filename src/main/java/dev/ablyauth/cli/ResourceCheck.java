package dev.ablyauth.cli;

import dev.ablyauth.ably.Resource;

/**
 * Finds what is wrong with a resource. Source: Ably docs, auth/capabilities, "wildcards".
 */
final class ResourceCheck {

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
		boolean plainStar;
		try {
			plainStar = Resource.parse(resource).hasPlainStar();
		}
		catch (IllegalArgumentException ex) {
			report.warn("resource", "The resource " + name + " cannot be: " + ex.getMessage() + ".");
			return;
		}
		if (plainStar) {
			report.warn("literal-wildcard", "In the resource " + name
					+ " the * is a plain character: it is a wildcard only as a whole segment, as in ns:*.");
		}
	}

}
