package dev.ablyauth.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.session.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says what a capability allows, and what is wrong with it.
 *
 * @param inspector key and operations
 * @param report takes what is found
 */
record CapabilityInspection(Inspector inspector, Report report) {

	private static final StrictJson JSON = new StrictJson(10);

	/**
	 * Judges the text of a capability.
	 * @param text JSON, or null if there is none that is a string
	 * @param isThere whether there is one of any type
	 * @return the capability, or null if it is not one
	 */
	@Nullable Capability judge(@Nullable String text, boolean isThere) {
		if (text == null && !isThere) {
			this.report.warn("capability-missing",
					"There is no capability: the token has every right of the key (spec RSA6).");
			this.report.fact("capability", "allows", null, "everything that the key may do");
			return null;
		}
		int before = this.report.warnings().size();
		JsonNode entries = (text != null) ? entries(text) : null;
		if (entries == null) {
			this.report.fact("capability", "allows", null, "cannot be read");
			return null;
		}
		describe(entries);
		return (text != null && this.report.warnings().size() == before) ? againstKey(text) : null;
	}

	private @Nullable JsonNode entries(String text) {
		if (text.isEmpty()) {
			this.report.warn("capability-empty-text", "The capability is an empty text.");
			return null;
		}
		try {
			JsonNode entries = JSON.read(text, JsonNode.class);
			if (!entries.isObject()) {
				this.report.warn("capability-type",
						"The text of the capability must be a JSON object, not " + Members.type(entries) + ".");
				return null;
			}
			if (entries.isEmpty()) {
				this.report.warn("capability-empty", "The capability {} allows nothing.");
			}
			return entries;
		}
		catch (IllegalArgumentException ex) {
			this.report.warn("capability-not-json",
					"The text of the capability is not valid JSON, or names a resource twice.");
			return null;
		}
	}

	private void describe(JsonNode entries) {
		OperationsCheck operations = new OperationsCheck(this.inspector.operations(), this.report);
		List<Map<String, Object>> json = new ArrayList<>();
		List<String> words = new ArrayList<>();
		entries.forEachEntry((resource, list) -> {
			ResourceCheck.judge(resource, this.report);
			SortedSet<String> names = operations.judge(Map.entry(resource, list));
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("resource", resource);
			entry.put("operations", names);
			entry.put("means", ResourceWords.of(resource));
			json.add(entry);
			words.add(ResourceWords.of(resource) + ": " + words(names));
		});
		this.report.fact("capability", "allows", json,
				words.isEmpty() ? new String[] { "nothing" } : words.toArray(String[]::new));
	}

	private static String words(SortedSet<String> names) {
		if (names.isEmpty()) {
			return "nothing";
		}
		return names.contains("*") ? "every operation"
				: String.join(", ", names.stream().map(Printable::name).toList());
	}

	/** Ably grants what token and key have in common. */
	private @Nullable Capability againstKey(String text) {
		Capability asked = read(text);
		Capability own = this.inspector.key().capability();
		if (asked != null && own != null) {
			Optional<Capability> common = asked.intersect(own);
			if (common.isEmpty()) {
				this.report.warn("nothing-in-common", "The key itself allows nothing of this capability.");
			}
			else if (!common.get().covers(asked)) {
				this.report.note("narrowed", "The key does not allow all of it. What is left is "
						+ Printable.quoted(common.get().text()) + ".");
			}
		}
		return asked;
	}

	/** Nothing is wrong with it for Ably, but the server has limits of its own. */
	private @Nullable Capability read(String text) {
		try {
			return new CapabilityJson(this.inspector.operations()).read(text);
		}
		catch (IllegalArgumentException ex) {
			this.report.note("not-compared",
					"It is not compared with anything: to this server, a capability " + ex.getMessage() + ".");
			return null;
		}
	}

}
