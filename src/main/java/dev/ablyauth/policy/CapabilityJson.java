package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.StrictJson;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON text of a capability, as a client or a setting gives it. Strict: no
 * duplicate resources, nothing after the end, a list of names for each resource.
 */
public final class CapabilityJson {

	private static final int MAX_RESOURCES = 1000;

	private static final StrictJson JSON = new StrictJson(3);

	private final Operations operations;

	/**
	 * Creates a reader.
	 * @param operations the operations that a capability may name
	 */
	public CapabilityJson(Operations operations) {
		this.operations = operations;
	}

	/**
	 * Reads a capability.
	 * @param text {@code {"resource":["operation"]}}
	 * @return the capability
	 * @throws IllegalArgumentException if it is none; the message repeats nothing of it
	 */
	public Capability read(String text) {
		JsonNode root = JSON.read(text, JsonNode.class);
		if (!root.isObject() || root.isEmpty() || root.size() > MAX_RESOURCES) {
			throw new IllegalArgumentException("must be a JSON object with 1 to " + MAX_RESOURCES + " resources");
		}
		Map<Resource, OperationSet> entries = new HashMap<>();
		root.forEachEntry(
				(resource, names) -> entries.put(Resource.parse(resource), this.operations.read(names(names))));
		return Capability.of(entries);
	}

	private static List<String> names(JsonNode operations) {
		if (!operations.isArray()) {
			throw new IllegalArgumentException("must give each resource a list of operations");
		}
		List<String> names = new ArrayList<>();
		for (JsonNode name : operations) {
			if (!name.isString()) {
				throw new IllegalArgumentException("must give each resource a list of operations");
			}
			names.add(name.asString());
		}
		return names;
	}

}
