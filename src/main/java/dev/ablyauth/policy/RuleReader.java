package dev.ablyauth.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.ablyauth.ably.Operations;

/**
 * Reads one rule of a policy file.
 */
final class RuleReader {

	private static final List<String> NOT_WITH_DENY = List.of("ttl", "format", "wildcard-client-id",
			"allow-leading-placeholder");

	private static final int MAX_NAME = 100;

	private static final int MAX_WORDS = 500;

	private final GrantReader grants;

	private final ConditionCompiler conditions = new ConditionCompiler();

	RuleReader(Operations operations) {
		this.grants = new GrantReader(operations);
	}

	Optional<Rule> read(YamlMap map, Set<String> names) {
		Optional<String> name = map.text("name");
		if (!map.has("name")) {
			map.problem(null, "a rule needs a \"name\"");
		}
		name.filter((text) -> text.isBlank() || text.length() > MAX_NAME)
			.ifPresent((text) -> map.problem("name", Quoted.of(text) + " has " + text.length()
					+ " characters; a name has 1 to " + MAX_NAME + ", not only spaces"));
		name.filter((text) -> !names.add(text))
			.ifPresent((text) -> map.problem("name", "two rules are called " + Quoted.of(text)));
		Optional<Condition> condition = map.value("when", this.conditions::compile);
		Optional<String> deny = map.text("deny");
		boolean leading = map.flag("allow-leading-placeholder").orElse(false);
		List<GrantTemplate> grants = grants(map, leading);
		FeatureTemplates features = FeatureReader.read(map, leading);
		Optional<Duration> ttl = PolicyReader.ttl(map);
		Optional<Format> format = map.value("format", Format::of);
		boolean wildcard = map.flag("wildcard-client-id").orElse(false);
		map.refuseUnknownKeys();
		checkKind(map);
		return name.map((text) -> new Rule(text, map.place("name"), condition.orElse(null), deny.orElse(null), grants,
				features, ttl.orElse(null), format.orElse(null), wildcard));
	}

	private static void checkKind(YamlMap map) {
		if (map.has("deny") == map.has("grant")) {
			map.problem(null, "a rule needs either \"grant\" or \"deny\"");
		}
		if (map.has("deny")) {
			map.text("deny")
				.filter((words) -> words.isBlank() || words.length() > MAX_WORDS)
				.ifPresent((words) -> map.problem("deny", "\"deny\" needs words for those whom it refuses, 1 to "
						+ MAX_WORDS + " characters, found " + words.length() + " in " + Quoted.of(words)));
			if (!map.has("when")) {
				map.problem("deny", "a rule with \"deny\" needs a \"when\", else it refuses everybody");
			}
			Stream.concat(FeatureReader.KEYS.stream(), NOT_WITH_DENY.stream())
				.filter(map::has)
				.forEach((key) -> map.problemOfKey(key, "says nothing in a rule with \"deny\""));
		}
	}

	private List<GrantTemplate> grants(YamlMap rule, boolean leading) {
		return rule.maps("grant", "a grant")
			.stream()
			.flatMap((grant) -> this.grants.read(grant, leading).stream())
			.toList();
	}

}
