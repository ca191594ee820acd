package dev.ablyauth.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.ablyauth.session.ClaimPath;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is no error in a policy, and probably not what was meant.
 */
final class Lint {

	private final PolicyText text;

	private final LintContext context;

	private final List<PolicyProblem> warnings;

	private Lint(PolicyText text, LintContext context) {
		this.text = text;
		this.context = context;
		this.warnings = new ArrayList<>(text.warnings());
	}

	/** Finds all of it, in the order of the file. */
	static List<PolicyProblem> warnings(PolicyText text, LintContext context) {
		Lint lint = new Lint(text, context);
		text.rules().forEach(lint::rule);
		lint.warnings.addAll(RulePairs.warnings(text.rules()));
		lint.warnings.addAll(GuestLint.warnings(text.rules()));
		lint.ttl(text.place("ttl"), "the policy", text.ttl());
		lint.ofTheFile("client-id", Stream.of(text.clientId().placeholder()));
		lint.ofTheFile("envelope", text.envelope().lines().stream().flatMap(ResourceTemplate::placeholders));
		lint.unusedClaims();
		lint.warnings.addAll(TokenSize.warnings(text, context.maxBytes()));
		return lint.warnings.stream().sorted().distinct().toList();
	}

	private void rule(Rule rule) {
		Condition condition = rule.condition();
		if (condition != null && Logic.neverTrue(condition.expression())) {
			warn(rule, "can never apply: its condition is never true");
		}
		if (condition != null && rule.deny() != null) {
			unguarded(condition.expression()).forEach((path) -> warn(rule,
					"refuses everybody who has no " + path + ": its condition reads it without has(" + path + ")"));
		}
		ttl(rule.place(), "the rule \"" + rule.name() + "\"", rule.ttl());
		if (rule.wildcardClientId() && rule.features().revocationKey() == null) {
			warn(rule, "gives tokens with the clientId *, which can only be revoked by a revocation-key, and has none");
		}
		if (!this.text.envelope().lines().isEmpty()) {
			rule.grants()
				.stream()
				.flatMap((grant) -> grant.resources().stream())
				.filter((resource) -> this.text.envelope().lineAround(resource).isEmpty())
				.forEach((resource) -> warn(rule, "gives \"" + resource + "\", which no line of the envelope covers"));
		}
		if (rule.format() != null && rule.format() != Format.JWT && !rule.features().equals(FeatureTemplates.NONE)) {
			warn(rule, "refuses everybody for whom it is: it wants the format " + rule.format()
					+ ", and has what only a JWT can carry");
		}
		uncarried(rule.place(), "the rule \"" + rule.name() + "\"",
				Stream.concat(paths(rule.placeholders()), lists(rule)));
	}

	private static Stream<ClaimPath> paths(Stream<Placeholder> placeholders) {
		return placeholders.map(Placeholder::path).flatMap(Stream::ofNullable);
	}

	private void uncarried(Place place, String what, Stream<ClaimPath> paths) {
		Set<String> carried = this.context.carriedClaims();
		if (carried != null) {
			paths.filter((path) -> !isCarried(path, carried))
				.forEach((path) -> this.warnings.add(place
					.problem(what + " uses {claims." + path + "}, a claim that no issuer says its tokens have")));
		}
	}

	/** What is used for everybody, whichever rule they meet. */
	private void ofTheFile(String key, Stream<Placeholder> placeholders) {
		List<ClaimPath> paths = paths(placeholders).toList();
		uncarried(this.text.place(key), "\"" + key + "\"", paths.stream());
		if (!this.text.tests().isEmpty()) {
			paths.stream()
				.map(ClaimPath::value)
				.filter(this::isUntested)
				.forEach((path) -> this.warnings
					.add(this.text.place(key).problem("\"" + key + "\" uses claims." + path + ", which no test sets")));
		}
	}

	private static Stream<ClaimPath> lists(Rule rule) {
		return rule.grants().stream().map(GrantTemplate::forEach).flatMap(Stream::ofNullable).map(ForEach::list);
	}

	private static boolean isCarried(ClaimPath path, Set<String> carried) {
		String name = path.value();
		return carried.stream().anyMatch((claim) -> name.equals(claim) || name.startsWith(claim + "."));
	}

	private void ttl(Place place, String what, @Nullable Duration ttl) {
		if (ttl != null && ttl.compareTo(this.context.longestTtl()) > 0) {
			this.warnings.add(place.problem(what + " has a ttl of " + written(ttl) + ", and the key allows "
					+ written(this.context.longestTtl())));
		}
	}

	private static String written(Duration time) {
		return (time.toSecondsPart() == 0) ? time.toMinutes() + "m" : time.toSeconds() + "s";
	}

	/**
	 * The claims without which a condition cannot be decided, because it reads them and
	 * does not ask for them by {@code has} first. Asking for {@code claims.a.b} reads
	 * {@code claims.a}.
	 */
	private static Stream<String> unguarded(Expression condition) {
		return condition.facts()
			.flatMap((fact) -> read(fact.path(), fact.isPresenceTest()))
			.distinct()
			.filter((path) -> Doubt.isPossible(condition, path))
			.map((path) -> String.join(".", path));
	}

	private static Stream<List<String>> read(List<String> path, boolean presenceTest) {
		return IntStream.rangeClosed(2, presenceTest ? path.size() - 1 : path.size())
			.mapToObj((length) -> path.subList(0, length));
	}

	/** A claim that no test sets is a rule that nobody has tried. */
	private void unusedClaims() {
		if (this.text.tests().isEmpty()) {
			this.warnings.add(Place.START.problem("there are no \"tests\": nothing checks a change of this file"));
			return;
		}
		for (Rule rule : this.text.rules()) {
			claimsOf(rule).distinct()
				.filter(this::isUntested)
				.forEach((path) -> warn(rule, "uses claims." + path + ", which no test sets"));
		}
	}

	private boolean isUntested(String path) {
		return this.text.tests().stream().allMatch((test) -> new ClaimPath(path).find(test.user().claims()) == null);
	}

	private static Stream<String> claimsOf(Rule rule) {
		Condition condition = rule.condition();
		Stream<String> read = (condition != null) ? condition.expression()
			.facts()
			.map(Expression::path)
			.filter((path) -> path.size() > 1)
			.map((path) -> String.join(".", path.subList(1, path.size()))) : Stream.of();
		Stream<String> filled = paths(rule.placeholders()).map(ClaimPath::value);
		Stream<String> lists = lists(rule).map(ClaimPath::value);
		return Stream.of(read, filled, lists).flatMap((all) -> all);
	}

	private void warn(Rule rule, String message) {
		this.warnings.add(rule.place().problem("the rule \"" + rule.name() + "\" " + message));
	}

}
