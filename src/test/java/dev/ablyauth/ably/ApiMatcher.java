package dev.ablyauth.ably;

import java.util.List;
import java.util.Map;

/**
 * An independent matcher for Ably's wildcard rules, from the documentation alone (fact
 * sheet 5.2): the oracle of the tests. It knows concrete names only and shares no code
 * with {@link Resource}.
 */
public final class ApiMatcher {

	private ApiMatcher() {
	}

	/**
	 * Tells whether a capability, as plain JSON, allows an operation on one name.
	 * @param capability resource to operations
	 * @param operation the operation
	 * @param name a channel, {@code [meta]x} or {@code [queue]x}
	 * @return whether Ably would allow it
	 */
	public static boolean allows(Map<String, List<String>> capability, String operation, String name) {
		return capability.entrySet()
			.stream()
			.anyMatch((entry) -> (entry.getValue().contains("*") || entry.getValue().contains(operation))
					&& matches(entry.getKey(), name));
	}

	/**
	 * Tells whether a resource covers a name.
	 * @param pattern the resource
	 * @param name a channel, {@code [meta]x} or {@code [queue]x}
	 * @return whether Ably would find it
	 */
	public static boolean matches(String pattern, String name) {
		if (pattern.equals("[*]*")) {
			return true;
		}
		String kind = kind(pattern);
		return kind.equals(kind(name))
				&& segmentsMatch(pattern.substring(kind.length()), name.substring(kind.length()));
	}

	private static String kind(String text) {
		return text.startsWith("[") ? text.substring(0, text.indexOf(']') + 1) : "";
	}

	private static boolean segmentsMatch(String pattern, String name) {
		int patternEnd = pattern.indexOf(':');
		int nameEnd = name.indexOf(':');
		if (patternEnd < 0) {
			return pattern.equals("*") || (nameEnd < 0 && pattern.equals(name));
		}
		if (nameEnd < 0) {
			return false;
		}
		String head = pattern.substring(0, patternEnd);
		return (head.equals("*") || head.equals(name.substring(0, nameEnd)))
				&& segmentsMatch(pattern.substring(patternEnd + 1), name.substring(nameEnd + 1));
	}

}
