package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names that are allowed, and probably not what was meant.
 */
final class ResourceLint {

	private static final Map<String, String> WIDE = Map.of("[*]*",
			"is everything: all channels, queues and metachannels", "*", "is every channel of the app", "*:*",
			"is every channel that has a colon in its name");

	private ResourceLint() {
	}

	static List<String> warnings(List<ResourceTemplate> resources, String key) {
		List<String> warnings = new ArrayList<>();
		for (ResourceTemplate resource : resources) {
			String text = resource.toString();
			if (WIDE.containsKey(text)) {
				warnings.add("\"" + text + "\" " + WIDE.get(text));
			}
			warnings.addAll(misspelt(resource));
			if (Set.of("space", "channel").contains(key)
					&& (text.endsWith("-cursors") || text.endsWith("::$cursors"))) {
				warnings.add("\"" + text
						+ "\" is how old documents call the cursors of a space; the name of the space covers them");
			}
		}
		return warnings;
	}

	/** What no name should have, wherever it stands. */
	static List<String> misspelt(ResourceTemplate resource) {
		List<String> warnings = new ArrayList<>();
		String text = resource.toString();
		if (text.contains("::$")) {
			warnings.add("\"" + text + "\" has a directive of an SDK; capabilities use the bare name, \""
					+ text.substring(0, text.indexOf("::$")) + "\"");
		}
		if (resource.shape().hasPlainStar()) {
			warnings.add("\"" + text
					+ "\" has a * that is a plain character to Ably; it is a wildcard only as a whole segment, as in name:*");
		}
		return warnings;
	}

}
