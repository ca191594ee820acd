package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Drops and loosens the rules of a policy file, one at a time, by replacing its text. The
 * file is written as the examples are: one key in a line, two spaces for each level.
 */
final class PolicyMutations {

	private static final Pattern WHEN = Pattern.compile("^    when: (.*)\\n", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("^  - name: (.*)$", Pattern.MULTILINE);

	private static final Pattern GRANT = Pattern.compile("^      - (?:.*\\n)(?:^        .*\\n)*", Pattern.MULTILINE);

	private final String head;

	private final List<String> rules;

	private final String tail;

	private final List<PolicyMutant> mutants = new ArrayList<>();

	private PolicyMutations(String yaml) {
		int from = yaml.indexOf("\nrules:\n") + "\nrules:\n".length();
		int to = yaml.indexOf("\ntests:\n");
		this.head = yaml.substring(0, from);
		this.rules = List.of(yaml.substring(from, to).split("(?m)(?=^  - name: )"));
		this.tail = yaml.substring(to);
	}

	/** All files that differ in one rule and allow more, or one rule or grant less. */
	static List<PolicyMutant> of(String yaml) {
		PolicyMutations mutations = new PolicyMutations(yaml);
		for (int i = 0; i < mutations.rules.size(); i++) {
			mutations.mutate(i);
		}
		return mutations.mutants;
	}

	/** The same file without its second look at each rule. */
	static String withoutEnvelope(String yaml) {
		return yaml.replaceFirst("(?m)^envelope:.*\\n(?:  - .*\\n)*", "");
	}

	private void mutate(int index) {
		String rule = this.rules.get(index);
		add(index, "drop the rule", "");
		conditions(rule).forEach((when) -> add(index, "when: " + when, WHEN.matcher(rule)
			.replaceFirst(Matcher.quoteReplacement(when.isEmpty() ? "" : "    when: '" + when + "'\n"))));
		List<String> grants = GRANT.matcher(rule).results().map((match) -> match.group()).toList();
		for (String grant : grants) {
			String what = grant.strip().lines().findFirst().orElseThrow();
			if (grants.size() > 1) {
				add(index, "drop the grant " + what, rule.replace(grant, ""));
			}
			GrantMutations.of(grant)
				.forEach((wider) -> add(index, "widen " + what + " to " + wider.strip().replaceAll("\\s+", " "),
						rule.replace(grant, wider)));
		}
	}

	private void add(int index, String change, String rule) {
		Matcher name = NAME.matcher(this.rules.get(index));
		List<String> changed = new ArrayList<>(this.rules);
		changed.set(index, rule);
		this.mutants.add(new PolicyMutant((name.find() ? name.group(1) : "") + ": " + change,
				this.head + String.join("", changed) + this.tail));
	}

	/** No condition, and the condition without each of the parts that && joins. */
	private static Stream<String> conditions(String rule) {
		Matcher when = WHEN.matcher(rule);
		if (!when.find()) {
			return Stream.of();
		}
		String condition = when.group(1).replaceAll("^'|'$", "");
		List<String> parts = List.of(condition.split(" && "));
		Stream<String> looser = (parts.size() < 2) ? Stream.of() : parts.stream().map((part) -> {
			List<String> left = new ArrayList<>(parts);
			left.remove(part);
			return String.join(" && ", left);
		});
		return rule.contains("\n    deny: ") ? looser : Stream.concat(Stream.of(""), looser);
	}

}
