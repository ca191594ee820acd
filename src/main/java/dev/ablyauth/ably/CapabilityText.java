package dev.ablyauth.ably;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The canonical JSON text of a capability: no white space, resources and operations
 * sorted by UTF-16 code unit, non-ASCII raw. Source: Ably docs, api/token-request-spec.
 */
final class CapabilityText {

	private CapabilityText() {
	}

	static String canonical(Map<String, ? extends Collection<String>> capability) {
		SortedMap<String, Collection<String>> sorted = new TreeMap<>(capability);
		StringBuilder json = new StringBuilder("{");
		sorted.forEach((resource, operations) -> {
			separate(json);
			Text.appendJson(json, resource);
			json.append(":[");
			operations.stream().sorted().forEach((operation) -> {
				separate(json);
				Text.appendJson(json, operation);
			});
			json.append(']');
		});
		return json.append('}').toString();
	}

	private static void separate(StringBuilder json) {
		char last = json.charAt(json.length() - 1);
		if (last != '{' && last != '[') {
			json.append(',');
		}
	}

}
