package dev.ablyauth.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Finds rules that say nothing new beside another one, and rules that contradict each
 * other.
 */
final class RulePairs {

	/**
	 * How many pairs of conditions are compared; a file of many like rules has millions.
	 */
	private static final int MAX_COMPARED = 20_000;

	private static final int MAX_WARNINGS = 100;

	private int compared;

	private RulePairs() {
	}

	static List<PolicyProblem> warnings(List<Rule> rules) {
		RulePairs pairs = new RulePairs();
		return IntStream.range(0, rules.size())
			.boxed()
			.flatMap((i) -> IntStream.range(0, rules.size()).boxed().flatMap((j) -> pairs.warnings(rules, i, j)))
			.limit(MAX_WARNINGS)
			.toList();
	}

	private Stream<PolicyProblem> warnings(List<Rule> rules, int i, int j) {
		Rule rule = rules.get(i);
		Rule other = rules.get(j);
		if (covers(other, rule) && (j < i || !covers(rule, other))) {
			return Stream.of(rule.place()
				.problem("the rule \"" + rule.name() + "\" gives nothing that \"" + other.name()
						+ "\" does not give to the same people"));
		}
		if (isRefusedBy(rule, other)) {
			return Stream.of(rule.place()
				.problem("the rule \"" + rule.name() + "\" gives nothing: \"" + other.name()
						+ "\" refuses all for whom it is"));
		}
		if (i < j && contradict(rule, other)) {
			return Stream.of(other.place()
				.problem("the rules \"" + rule.name() + "\" and \"" + other.name()
						+ "\" say different things about the same, and refuse whoever meets both"));
		}
		return Stream.of();
	}

	private boolean covers(Rule other, Rule rule) {
		return !rule.name().equals(other.name()) && rule.deny() == null && other.deny() == null
				&& !rule.grants().isEmpty() && rule.features().equals(FeatureTemplates.NONE) && rule.ttl() == null
				&& rule.format() == null && !rule.wildcardClientId() && canBeDecided(other, rule)
				&& rule.grants().stream().allMatch((grant) -> isCovered(grant, other))
				&& names(rule).containsAll(names(other)) && appliesWhenever(other, rule);
	}

	/** The quick question first: most of a million pairs end here. */
	private boolean canBeDecided(Rule other, Rule rule) {
		return other.condition() == null || (rule.condition() != null && this.compared < MAX_COMPARED);
	}

	private static boolean isCovered(GrantTemplate grant, Rule other) {
		return grant.resources()
			.stream()
			.allMatch((resource) -> other.grants()
				.stream()
				.anyMatch((wider) -> wider.operations().covers(grant.operations())
						&& (wider.forEach() == null || wider.forEach().equals(grant.forEach()))
						&& wider.resources().stream().anyMatch((at) -> at.shape().covers(resource.shape()))));
	}

	private static Set<String> names(Rule rule) {
		return rule.placeholders().map(Placeholder::toString).collect(Collectors.toCollection(HashSet::new));
	}

	private boolean appliesWhenever(Rule other, Rule rule) {
		Condition wider = other.condition();
		Condition narrower = rule.condition();
		if (narrower == null || wider == null) {
			return wider == null && (narrower == null || !narrower.mentionsGuest());
		}
		return (wider.mentionsGuest() || !narrower.mentionsGuest()) && this.compared++ < MAX_COMPARED
				&& Logic.implies(narrower.expression(), wider.expression());
	}

	private boolean isRefusedBy(Rule rule, Rule deny) {
		Condition granting = rule.condition();
		Condition denying = deny.condition();
		return rule.deny() == null && deny.deny() != null && granting != null && denying != null
				&& (denying.mentionsGuest() || !granting.mentionsGuest()) && this.compared++ < MAX_COMPARED
				&& !Logic.neverTrue(granting.expression())
				&& Logic.implies(granting.expression(), denying.expression());
	}

	private boolean contradict(Rule rule, Rule other) {
		return (differ(rule.features().revocationKey(), other.features().revocationKey())
				|| claimsDiffer(rule.features().userClaims(), other.features().userClaims())
				|| claimsDiffer(rule.features().roomClaims(), other.features().roomClaims())) && canMeet(rule, other);
	}

	private static boolean differ(@Nullable Segment left, @Nullable Segment right) {
		return left != null && right != null && !left.equals(right);
	}

	private static boolean claimsDiffer(List<FeatureTemplates.Claim> left, List<FeatureTemplates.Claim> right) {
		return left.stream()
			.anyMatch((one) -> right.stream()
				.anyMatch((two) -> one.scope().shape().equals(two.scope().shape())
						&& !one.value().toString().equals(two.value().toString())));
	}

	private boolean canMeet(Rule rule, Rule other) {
		Condition left = rule.condition();
		Condition right = other.condition();
		return left == null || right == null
				|| (this.compared++ < MAX_COMPARED && !Logic.exclude(left.expression(), right.expression()));
	}

}
