package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that can apply to a user, so that a thousand rules cost little more
 * than ten. A rule is left out only where its condition is certainly false, because the
 * user has not the one text that it asks for: {@code "x" in user.roles},
 * {@code claims.plan == "x"}.
 */
final class RuleIndex {

	private final List<Rule> rules;

	/** Rules for whose condition the user's values say nothing. */
	private final BitSet always = new BitSet();

	/** For each fact, the rules by the text that they ask for. */
	private final Map<List<String>, Map<String, BitSet>> asking = new HashMap<>();

	RuleIndex(List<Rule> rules) {
		this.rules = rules;
		for (int i = 0; i < rules.size(); i++) {
			List<Needed> needed = needed(rules.get(i));
			if (needed.isEmpty()) {
				this.always.set(i);
			}
			for (Needed one : needed) {
				this.asking.computeIfAbsent(one.fact(), (fact) -> new HashMap<>())
					.computeIfAbsent(one.text(), (text) -> new BitSet())
					.set(i);
			}
		}
	}

	/** The rules that can apply, in the order of the file. */
	List<Rule> candidates(AppUser user) {
		BitSet found = (BitSet) this.always.clone();
		this.asking.forEach((fact, rulesByText) -> {
			Object value = value(fact, user);
			if (value instanceof Collection<?> items) {
				items.forEach((item) -> add(rulesByText, item, found));
			}
			else if (value instanceof Map<?, ?> members) {
				members.keySet().forEach((member) -> add(rulesByText, member, found));
			}
			else {
				add(rulesByText, value, found);
			}
		});
		List<Rule> candidates = new ArrayList<>(found.cardinality());
		for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
			candidates.add(this.rules.get(i));
		}
		return candidates;
	}

	private static void add(Map<String, BitSet> rulesByText, @Nullable Object text, BitSet found) {
		BitSet matching = (text != null) ? rulesByText.get(text) : null;
		if (matching != null) {
			found.or(matching);
		}
	}

	private static @Nullable Object value(List<String> fact, AppUser user) {
		return switch (fact.get(0)) {
			case Facts.USER_ROLES -> user.roles();
			case Facts.USER_ID -> user.id();
			case Facts.USER_ISSUER -> user.source().issuer();
			default -> claim(fact, user);
		};
	}

	/** As CEL follows the path: one step deeper for each name. */
	private static @Nullable Object claim(List<String> fact, AppUser user) {
		Object value = user.claims();
		for (String step : fact.subList(1, fact.size())) {
			value = (value instanceof Map<?, ?> members) ? members.get(step) : null;
		}
		return value;
	}

	/** What a user must have one of, or nothing if that cannot be said. */
	private static List<Needed> needed(Rule rule) {
		Condition condition = rule.condition();
		return (condition == null) ? List.of() : needed(condition.expression(), rule.deny() == null);
	}

	/**
	 * Of a deny rule only facts count that everybody has: a missing claim makes its
	 * condition undecided, and that refuses.
	 */
	private static List<Needed> needed(Expression condition, boolean claimsCount) {
		List<Expression> operands = condition.operands();
		if (condition.isCall("_&&_")) {
			List<Needed> first = needed(operands.get(0), claimsCount);
			return first.isEmpty() ? needed(operands.get(1), claimsCount) : first;
		}
		if (condition.isCall("_||_")) {
			List<Needed> both = new ArrayList<>(needed(operands.get(0), claimsCount));
			List<Needed> second = needed(operands.get(1), claimsCount);
			return (both.isEmpty() || second.isEmpty() || !both.addAll(second)) ? List.of() : both;
		}
		if (condition.isCall("_==_")) {
			List<Needed> needed = needed(operands.get(1).constantText(), operands.get(0), claimsCount);
			return needed.isEmpty() ? needed(operands.get(0).constantText(), operands.get(1), claimsCount) : needed;
		}
		return condition.isCall("@in") ? needed(operands.get(0).constantText(), operands.get(1), claimsCount)
				: List.of();
	}

	private static List<Needed> needed(@Nullable String text, Expression fact, boolean claimsCount) {
		List<String> path = fact.path();
		if (text == null || path.isEmpty()) {
			return List.of();
		}
		boolean known = switch (path.get(0)) {
			case Facts.USER_ROLES, Facts.USER_ID, Facts.USER_ISSUER -> true;
			case Facts.CLAIMS -> claimsCount && path.size() > 1;
			default -> false;
		};
		return known ? List.of(new Needed(path, text)) : List.of();
	}

	/**
	 * A text that a fact of the user must be, or have in it.
	 *
	 * @param fact the way to it
	 * @param text the text
	 */
	private record Needed(List<String> fact, String text) {
	}

}
