package dev.ablyauth.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Ably's products, each with its features and the operations that a feature needs.
 * Source: the products' own authentication pages in Ably's docs.
 */
@SuppressWarnings("ImmutableEnumChecker") // copies that cannot be changed
enum Product {

	CHAT("chat", Set.of(),
			Map.ofEntries(Map.entry("send", List.of("publish")), Map.entry("receive", List.of("subscribe")),
					Map.entry("history", List.of("subscribe", "history")),
					Map.entry("presence", List.of("subscribe", "presence")),
					Map.entry("typing", List.of("publish", "subscribe")),
					Map.entry("reactions",
							List.of("publish", "subscribe", "annotation-publish", "annotation-subscribe")),
					Map.entry("room-reactions", List.of("publish", "subscribe")),
					Map.entry("message-reactions", List.of("subscribe", "annotation-publish", "annotation-subscribe")),
					Map.entry("occupancy", List.of("subscribe", "channel-metadata")),
					Map.entry("update-own", List.of("message-update-own")),
					Map.entry("update-any", List.of("message-update-any")),
					Map.entry("delete-own", List.of("message-delete-own")),
					Map.entry("delete-any", List.of("message-delete-any")))),

	SPACE("space", Set.of("members", "locations", "locks", "cursors", "history"),
			Map.of("members", List.of("subscribe", "presence"), "locations", List.of("subscribe", "presence"), "locks",
					List.of("subscribe", "presence"), "cursors", List.of("publish", "subscribe", "presence", "history"),
					"history", List.of("subscribe", "history"))),

	LIVE_OBJECTS("live-objects", Set.of("read", "write"),
			Map.of("read", List.of("object-subscribe"), "write", List.of("object-subscribe", "object-publish"),
					"inband", List.of("subscribe", "channel-metadata"))),

	AI_TRANSPORT("ai-transport", Set.of("send", "receive", "replay", "cancel"),
			Map.of("send", List.of("publish"), "receive", List.of("subscribe"), "replay",
					List.of("subscribe", "history"), "cancel", List.of("publish"), "objects",
					List.of("object-subscribe", "object-publish"), "presence", List.of("presence"))),

	PUSH("push", Set.of("device"), Map.of("device", List.of("push-subscribe"), "admin", List.of("push-admin"),
			"publish", List.of("publish", "push-admin")));

	private final String key;

	private final Set<String> defaults;

	private final Map<String, List<String>> features;

	Product(String key, Set<String> defaults, Map<String, List<String>> features) {
		this.key = key;
		this.defaults = Set.copyOf(defaults);
		this.features = Map.copyOf(features);
	}

	/** The key of a grant. */
	String key() {
		return this.key;
	}

	static Product of(String key) {
		return Arrays.stream(values()).filter((product) -> product.key.equals(key)).findFirst().orElseThrow();
	}

	/** The features that a grant may name, sorted. */
	SortedSet<String> featureNames() {
		return new TreeSet<>(this.features.keySet());
	}

	/** The features of a grant that names none; empty where they must be named. */
	Set<String> defaultFeatures() {
		return this.defaults;
	}

	/**
	 * Returns the names of the operations that a feature needs.
	 * @throws IllegalArgumentException if this product has no such feature
	 */
	List<String> operations(String feature) {
		List<String> operations = this.features.get(feature);
		if (operations == null) {
			throw new IllegalArgumentException(
					"is no feature of " + this.key + Nearest.expected(feature, featureNames()));
		}
		return operations;
	}

	Set<String> operations(Iterable<String> features) {
		Set<String> names = new TreeSet<>();
		features.forEach((feature) -> names.addAll(operations(feature)));
		return names;
	}

}
