package dev.ablyauth.standin;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A capability as Ably understands it: resources to operations.
 */
final class StandInCapability {

	private static final String ALL = "*";

	private static final Set<String> OPERATIONS = Set.of("subscribe", "publish", "presence", "object-subscribe",
			"object-publish", "annotation-subscribe", "annotation-publish", "message-update-own", "message-update-any",
			"message-delete-own", "message-delete-any", "history", "stats", "push-subscribe", "push-admin",
			"channel-metadata", "privileged-headers", ALL);

	private final SortedMap<String, SortedSet<String>> entries = new TreeMap<>();

	/** Reads capability text. Refuses what is not valid with 40000. */
	static StandInCapability parse(String text) {
		JsonNode json = Json.readObject(text, () -> bad("not a JSON object"));
		StandInCapability capability = new StandInCapability();
		json.properties().forEach((entry) -> {
			if (entry.getKey().isEmpty()) {
				throw bad("empty resource name");
			}
			capability.entries.put(entry.getKey(), operations(entry.getValue()));
		});
		return capability;
	}

	private static SortedSet<String> operations(JsonNode list) {
		SortedSet<String> operations = new TreeSet<>();
		if (!list.isArray() || list.isEmpty()) {
			throw bad("operations must be a list that is not empty");
		}
		for (JsonNode operation : list) {
			if (!operation.isString() || !OPERATIONS.contains(operation.stringValue())) {
				throw bad("unknown operation");
			}
			operations.add(operation.stringValue());
		}
		if (operations.contains(ALL) && operations.size() > 1) {
			throw bad("* must stand alone");
		}
		return operations;
	}

	private static Refused bad(String why) {
		return new Refused(40000, 400, "Invalid capability: " + why);
	}

	/** What both allow. Refuses an empty result with 40160. */
	StandInCapability within(StandInCapability key) {
		StandInCapability both = new StandInCapability();
		this.entries.forEach((wanted, operations) -> key.entries
			.forEach((held, keyOperations) -> both.add(narrower(wanted, held), common(operations, keyOperations))));
		if (both.entries.isEmpty()) {
			throw new Refused(40160, 401, "The key does not support the requested capability");
		}
		return both;
	}

	private static String narrower(String wanted, String held) {
		ResourcePattern wantedPattern = ResourcePattern.of(wanted);
		ResourcePattern heldPattern = ResourcePattern.of(held);
		if (heldPattern.covers(wantedPattern)) {
			return wanted;
		}
		return wantedPattern.covers(heldPattern) ? held : "";
	}

	private static Set<String> common(Set<String> wanted, Set<String> held) {
		if (wanted.contains(ALL)) {
			return held;
		}
		Set<String> both = new TreeSet<>(wanted);
		if (!held.contains(ALL)) {
			both.retainAll(held);
		}
		return both;
	}

	private void add(String resource, Set<String> operations) {
		if (!resource.isEmpty() && !operations.isEmpty()) {
			SortedSet<String> all = this.entries.computeIfAbsent(resource, (name) -> new TreeSet<>());
			all.addAll(operations);
			if (all.contains(ALL)) {
				all.retainAll(Set.of(ALL));
			}
		}
	}

	/** Whether any entry names the channel. */
	boolean covers(ResourcePattern channel) {
		return this.entries.keySet().stream().anyMatch((name) -> ResourcePattern.of(name).covers(channel));
	}

	/** Whether an entry is exactly this resource. */
	boolean names(String resource) {
		return this.entries.containsKey(resource);
	}

	boolean allows(ResourcePattern channel, String operation) {
		return this.entries.entrySet()
			.stream()
			.filter((entry) -> ResourcePattern.of(entry.getKey()).covers(channel))
			.anyMatch((entry) -> entry.getValue().contains(ALL) || entry.getValue().contains(operation));
	}

	/** The canonical text: sorted, no white space. */
	@Override
	public String toString() {
		ObjectNode json = Json.object();
		this.entries.forEach((resource, operations) -> {
			ArrayNode list = json.putArray(resource);
			operations.forEach(list::add);
		});
		return json.toString();
	}

}
