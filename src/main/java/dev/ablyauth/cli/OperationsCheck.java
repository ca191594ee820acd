package dev.ablyauth.cli;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.ablyauth.ably.Operations;
import tools.jackson.databind.JsonNode;

/**
 * Finds what is wrong with the operations on one resource. Source: Ably docs,
 * auth/capabilities, "capability operations".
 *
 * @param operations the operations that Ably has
 * @param report takes what is found
 */
record OperationsCheck(Operations operations, Report report) {

	private static final String ALL = "*";

	/**
	 * Judges the operations of an entry.
	 * @return their names, sorted
	 */
	SortedSet<String> judge(Map.Entry<String, JsonNode> entry) {
		String resource = Printable.name(entry.getKey());
		JsonNode list = entry.getValue();
		SortedSet<String> names = new TreeSet<>();
		if (!list.isArray()) {
			this.report.warn("operations-type",
					"The operations on " + resource + " must be a list, not " + Members.type(list) + ".");
			return names;
		}
		list.forEach((name) -> names.add(name.isString() ? name.asString() : name.toString()));
		if (names.isEmpty()) {
			this.report.warn("no-operations", "There is no operation for " + resource + ".");
		}
		if (names.contains(ALL) && names.size() > 1) {
			this.report.warn("wildcard-not-alone", "The operation * on " + resource + " must stand alone.");
		}
		names.stream().filter((name) -> !isKnown(name)).forEach((name) -> unknown(name, resource));
		return names;
	}

	private boolean isKnown(String name) {
		return name.equals(ALL) || this.operations.names().contains(name);
	}

	private void unknown(String name, String resource) {
		this.report.warn("unknown-operation", "Ably has no operation " + Printable.name(name) + ", as asked for on "
				+ resource + "." + Spelling.didYouMean(name, this.operations.names()));
	}

}
