package dev.ablyauth.cli;

import java.util.List;

/**
 * Which names a resource covers, in words. Source: Ably docs, auth/capabilities,
 * "wildcards".
 */
final class ResourceWords {

	private static final String WILDCARD = "*";

	private static final String REST = ":*";

	private ResourceWords() {
	}

	static String of(String resource) {
		if (resource.equals("[*]*")) {
			return "all channels, queues and metachannels";
		}
		String kind = "channel";
		String name = resource;
		for (String other : List.of("queue", "meta")) {
			if (resource.startsWith("[" + other + "]")) {
				kind = other.equals("meta") ? "metachannel" : other;
				name = resource.substring(other.length() + 2);
			}
		}
		return of(kind, name);
	}

	private static String of(String kind, String name) {
		if (name.equals(WILDCARD)) {
			return "all " + kind + "s";
		}
		boolean isOpen = name.endsWith(REST);
		String start = isOpen ? name.substring(0, name.length() - REST.length()) : name;
		if (List.of(start.split(":", -1)).contains(WILDCARD)) {
			return kind + "s " + Printable.name(name) + ", where * is any one segment"
					+ (isOpen ? ", and at the end any depth" : "");
		}
		return isOpen ? "all " + kind + "s below " + Printable.name(start) + ", any depth"
				: "the " + kind + " " + Printable.name(name);
	}

}
