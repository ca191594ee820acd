package dev.ablyauth.policy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.ably.Refused;

/**
 * What became of one rule for one user.
 *
 * @param rule its name
 * @param outcome whether it gives, refuses or does neither
 * @param reason why, in one sentence, with the values of the user
 */
public record RuleVerdict(String rule, Outcome outcome, String reason) {

	static RuleVerdict of(Rule rule, Facts facts, Values values) {
		if (rule.isClosedTo(facts.user())) {
			return no(rule, "it is not for guests: its condition does not mention user.guest");
		}
		Condition condition = rule.condition();
		if (condition != null) {
			Condition.Outcome outcome = condition.evaluate(facts);
			if (outcome == Condition.Outcome.ERROR && rule.deny() != null) {
				return new RuleVerdict(rule.name(), Outcome.REFUSES, new Why(facts).not(condition.expression()));
			}
			if (outcome != Condition.Outcome.TRUE) {
				return no(rule, new Why(facts).not(condition.expression()));
			}
			if (rule.deny() != null) {
				return new RuleVerdict(rule.name(), Outcome.REFUSES, condition.expression() + " is true");
			}
		}
		return values(rule, values);
	}

	private static RuleVerdict values(Rule rule, Values values) {
		try {
			if (rule.expand(values).isPresent()) {
				Condition condition = rule.condition();
				return new RuleVerdict(rule.name(), Outcome.GIVES,
						(condition != null) ? condition.expression() + " is true" : "it is for everybody");
			}
			return no(rule, missing(rule, values));
		}
		catch (UnsafeValueException ex) {
			return no(rule, "the value of " + ex.name() + " cannot become part of a name: \"" + ex.value() + "\"");
		}
		catch (Refused ex) {
			return new RuleVerdict(rule.name(), Outcome.REFUSES, ex.getMessage());
		}
	}

	/** Where no list has an element, nothing would be given whatever else is missing. */
	private static String missing(Rule rule, Values values) {
		List<ForEach> lists = rule.grants().stream().map(GrantTemplate::forEach).flatMap(Stream::ofNullable).toList();
		if (lists.size() == rule.grants().size()
				&& lists.stream().allMatch((list) -> list.elements(values).isEmpty())) {
			return lists.stream().map(ForEach::toString).distinct().collect(Collectors.joining(" and "))
					+ " has no element";
		}
		return "the user has no value for " + rule.placeholders()
			.filter((placeholder) -> !placeholder.isElement() && placeholder.isMissing(values))
			.map(Placeholder::name)
			.distinct()
			.collect(Collectors.joining(", "));
	}

	private static RuleVerdict no(Rule rule, String reason) {
		return new RuleVerdict(rule.name(), Outcome.DOES_NOT_APPLY, reason);
	}

	/** What a rule does for a user. */
	public enum Outcome {

		/** It takes part in the grant. */
		GIVES,
		/** It has no say. */
		DOES_NOT_APPLY,
		/** It refuses the user. */
		REFUSES

	}

}
