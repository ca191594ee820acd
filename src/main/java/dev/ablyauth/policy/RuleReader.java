package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Operations;

/**
 * Reads one rule of a policy file.
 */
final class RuleReader {

	private static final String CHANNEL = "channel";

	private static final int MAX_NAME = 100;

	private static final int MAX_WORDS = 500;

	private final Operations operations;

	private final ConditionCompiler conditions = new ConditionCompiler();

	RuleReader(Operations operations) {
		this.operations = operations;
	}

	Optional<Rule> read(YamlMap map, Set<String> names) {
		Optional<String> name = map.text("name");
		if (!map.has("name")) {
			map.problem(null, "a rule needs a \"name\"");
		}
		if (name.isPresent() && (name.get().isBlank() || name.get().length() > MAX_NAME)) {
			map.problem("name", "a name has 1 to " + MAX_NAME + " characters");
		}
		if (name.isPresent() && !names.add(name.get())) {
			map.problem("name", "two rules are called \"" + name.get() + "\"");
		}
		Optional<Condition> condition = map.value("when", this.conditions::compile);
		Optional<String> deny = map.text("deny");
		boolean leading = map.flag("allow-leading-placeholder").orElse(false);
		List<GrantTemplate> grants = grants(map, leading);
		Optional<Duration> ttl = PolicyReader.ttl(map);
		Optional<Format> format = map.value("format", Format::of);
		boolean wildcard = map.flag("wildcard-client-id").orElse(false);
		map.refuseUnknownKeys();
		checkKind(map);
		return name.map((text) -> new Rule(text, condition.orElse(null), deny.orElse(null), grants, ttl.orElse(null),
				format.orElse(null), wildcard));
	}

	private static void checkKind(YamlMap map) {
		if (map.has("deny") == map.has("grant")) {
			map.problem(null, "a rule needs either \"grant\" or \"deny\"");
		}
		if (map.has("deny")) {
			if (map.text("deny").filter((words) -> words.isBlank() || words.length() > MAX_WORDS).isPresent()) {
				map.problem("deny",
						"\"deny\" needs words for those whom it refuses, at most " + MAX_WORDS + " characters");
			}
			if (!map.has("when")) {
				map.problem("deny", "a rule with \"deny\" needs a \"when\", else it refuses everybody");
			}
			for (String key : List.of("ttl", "format", "wildcard-client-id", "allow-leading-placeholder")) {
				if (map.has(key)) {
					map.problem(key, "\"" + key + "\" says nothing in a rule with \"deny\"");
				}
			}
		}
	}

	private List<GrantTemplate> grants(YamlMap rule, boolean leading) {
		List<GrantTemplate> grants = new ArrayList<>();
		for (YamlMap grant : rule.maps("grant", "a grant")) {
			grant(grant, leading).ifPresent(grants::add);
			grant.refuseUnknownKeys();
		}
		return grants;
	}

	private Optional<GrantTemplate> grant(YamlMap grant, boolean leading) {
		List<ResourceTemplate> resources = new ArrayList<>();
		Optional<OperationSet> granted = Optional.empty();
		int keys = 0;
		if (grant.has(CHANNEL)) {
			keys++;
			resources.addAll(resources(grant, CHANNEL, leading));
			granted = operations(grant);
		}
		for (Product product : Product.values()) {
			if (grant.has(product.key())) {
				keys++;
				resources.addAll(resources(grant, product.key(), leading));
				granted = features(grant, product);
			}
		}
		if (keys != 1) {
			grant.problem(null,
					"a grant names its resource by one of channel, chat, space, live-objects, ai-transport, push");
		}
		return resources.isEmpty() ? Optional.empty() : granted.map((set) -> new GrantTemplate(resources, set));
	}

	private static List<ResourceTemplate> resources(YamlMap grant, String key, boolean leading) {
		return grant.texts(key, (text) -> ResourceTemplate.parse(text, leading));
	}

	private Optional<OperationSet> operations(YamlMap grant) {
		List<String> names = grant.texts("operations", (name) -> {
			if (!name.equals("*") && !this.operations.names().contains(name)) {
				throw new IllegalArgumentException(
						"is no operation, expected one of " + String.join(", ", this.operations.names()) + " or *");
			}
			return name;
		});
		if (!grant.has("operations")) {
			grant.problem(null, "a grant of a channel needs \"operations\"");
		}
		if (names.size() > 1 && names.contains("*")) {
			grant.problem("operations", "the operation * must stand alone");
			return Optional.empty();
		}
		return names.isEmpty() ? Optional.empty() : Optional.of(this.operations.read(names));
	}

	private Optional<OperationSet> features(YamlMap grant, Product product) {
		List<String> named = grant.texts("features", (feature) -> {
			product.operations(feature);
			return feature;
		});
		if (grant.has("features")) {
			return named.isEmpty() ? Optional.empty() : Optional.of(this.operations.read(product.operations(named)));
		}
		if (product.defaultFeatures().isEmpty()) {
			grant.problem(null, "a grant of " + product.key() + " needs \"features\"");
			return Optional.empty();
		}
		return Optional.of(this.operations.read(product.operations(product.defaultFeatures())));
	}

}
