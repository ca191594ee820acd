package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.ably.Fingerprint;
import dev.ablyauth.ably.Operations;

/**
 * Reads a policy file. All of its errors are reported at once, each with line and column.
 */
public final class PolicyReader {

	private static final int MAX_RULES = 2000;

	private static final Duration MAX_TTL = Duration.ofHours(24);

	private static final Duration DEFAULT_TTL = Duration.ofHours(1);

	private final RuleReader rules;

	private final TestReader tests;

	/**
	 * Creates a reader.
	 * @param operations the operations that a policy may name
	 */
	public PolicyReader(Operations operations) {
		this.rules = new RuleReader(operations);
		this.tests = new TestReader(operations);
	}

	/**
	 * Reads a policy and runs its tests.
	 * @param yaml the text of the file
	 * @param pseudonyms makes those of {@code |pseudonym}
	 * @return the policy
	 * @throws InvalidPolicyException if there is an error in it, or a test fails
	 */
	Policy read(String yaml, Pseudonyms pseudonyms) {
		PolicyText text = parse(yaml);
		Policy tested = new Policy(text, Pseudonyms.OF_TESTS);
		List<PolicyProblem> failures = text.tests().stream().flatMap((test) -> test.run(tested).stream()).toList();
		if (!failures.isEmpty()) {
			throw new InvalidPolicyException(failures);
		}
		return new Policy(text, pseudonyms);
	}

	/**
	 * Reads a policy away from any server: its pseudonyms are those of its tests.
	 * @param yaml the text of the file
	 * @return the policy
	 * @throws InvalidPolicyException if there is an error in it, or a test fails
	 */
	public Policy readAlone(String yaml) {
		return read(yaml, Pseudonyms.OF_TESTS);
	}

	/**
	 * Reads a policy whose tests may fail.
	 * @throws InvalidPolicyException if there is an error in it
	 */
	PolicyText parse(String yaml) {
		YamlFile file = new YamlFile(yaml);
		Optional<PolicyText> text = file.read().map((map) -> read(file, map, Fingerprint.of(yaml)));
		file.throwIfInvalid();
		return text.orElseThrow();
	}

	private PolicyText read(YamlFile file, YamlMap map, String hash) {
		Set<String> reserved = map.has("reserved-client-ids")
				? Set.copyOf(map.texts("reserved-client-ids", UnaryOperator.identity())) : ClientIdTemplate.RESERVED;
		Optional<ClientIdTemplate> clientId = map.value("client-id", (text) -> ClientIdTemplate.parse(text, reserved));
		Duration ttl = ttl(map).orElse(DEFAULT_TTL);
		List<ResourceTemplate> envelope = map.texts("envelope",
				(text) -> ResourceTemplate.parse(text, TemplateScope.ENVELOPE));
		ResourceLint.warnings(envelope, "envelope").forEach((warning) -> map.warning("envelope", warning));
		List<Rule> rules = rules(map);
		List<PolicyTest> tests = this.tests.read(map);
		map.refuseUnknownKeys();
		Map<String, Place> places = Stream.of("client-id", "ttl", "envelope")
			.collect(Collectors.toMap((key) -> key, map::place));
		return new PolicyText(hash, clientId.orElseGet(() -> ClientIdTemplate.parse("{user.id}", reserved)), ttl,
				new Envelope(envelope), rules, tests, places, file.warnings());
	}

	private List<Rule> rules(YamlMap map) {
		List<YamlMap> ruleMaps = map.maps("rules", "a rule");
		if (!map.has("rules")) {
			map.problem(null, "\"rules\" is missing: without rules nobody gets a token");
		}
		if (ruleMaps.size() > MAX_RULES) {
			ruleMaps.get(MAX_RULES)
				.problem(null, "there are " + ruleMaps.size() + " rules, at most " + MAX_RULES + " are allowed");
			return List.of();
		}
		List<Rule> read = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (YamlMap rule : ruleMaps) {
			this.rules.read(rule, names).ifPresent(read::add);
		}
		return read;
	}

	/** Takes a ttl; Ably refuses tokens that live longer than a day. */
	static Optional<Duration> ttl(YamlMap map) {
		Optional<Duration> ttl = map.duration("ttl");
		if (ttl.isPresent() && ttl.get().compareTo(MAX_TTL) > 0) {
			map.problem("ttl", "\"ttl\" must be at most 24h, the longest life of a token at Ably, found \""
					+ map.text("ttl").orElse("") + "\"");
		}
		return ttl;
	}

}
