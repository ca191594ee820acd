package dev.ablyauth.policy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.ablyauth.session.AppUser;

/**
 * Finds rules that seem to refuse guests and do not: a rule is for guests only if its
 * condition mentions {@code user.guest}, and that holds for {@code deny} too.
 */
final class GuestLint {

	/** Somebody without roles and claims. */
	private static final Facts GUEST = new Facts(AppUser.guest("guest", AppUser.NO_END),
			new RequestFacts("", "", Instant.EPOCH));

	/** What differs between two guests. */
	private static final Set<String> OWN = Set.of(Facts.USER_ID, Facts.REQUEST_ADDRESS, Facts.REQUEST_ORIGIN,
			Facts.REQUEST_NOW);

	private GuestLint() {
	}

	static List<PolicyProblem> warnings(List<Rule> rules) {
		return rules.stream()
			.filter(GuestLint::givesGuests)
			.findFirst()
			.stream()
			.flatMap((giving) -> rules.stream().filter(GuestLint::overlooksGuests).map((rule) -> warning(rule, giving)))
			.toList();
	}

	private static PolicyProblem warning(Rule rule, Rule giving) {
		return rule.place()
			.problem("the rule \"" + rule.name() + "\" does not refuse guests, to whom \"" + giving.name()
					+ "\" gives something: its condition does not mention user.guest");
	}

	private static boolean givesGuests(Rule rule) {
		Condition condition = rule.condition();
		return rule.deny() == null && condition != null && condition.mentionsGuest()
				&& mayBe(condition.expression(), true);
	}

	private static boolean overlooksGuests(Rule rule) {
		Condition condition = rule.condition();
		return rule.deny() != null && condition != null && !condition.mentionsGuest()
				&& mayBe(condition.expression(), true);
	}

	/** Whether there can be a guest for whom a condition has this value. */
	private static boolean mayBe(Expression condition, boolean value) {
		List<Expression> operands = condition.operands();
		if (condition.isCall("!_")) {
			return mayBe(operands.get(0), !value);
		}
		if (condition.isCall("_&&_") || condition.isCall("_||_")) {
			Stream<Expression> parts = operands.stream();
			return (condition.isCall("_&&_") == value) ? parts.allMatch((part) -> mayBe(part, value))
					: parts.anyMatch((part) -> mayBe(part, value));
		}
		return condition.facts().anyMatch(GuestLint::isOwn)
				|| condition.value(GUEST).filter((known) -> known.equals(value)).isPresent();
	}

	private static boolean isOwn(Expression fact) {
		List<String> path = fact.path();
		return OWN.contains(path.get(0)) || path.equals(List.of(Facts.CLAIMS, AppUser.GUEST_ID));
	}

}
