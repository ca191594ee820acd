package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;

/**
 * The same decision without the index: the condition of every rule is asked. For a client
 * that wishes nothing.
 */
final class PlainLoop {

	private final Policy policy;

	PlainLoop(Policy policy) {
		this.policy = policy;
	}

	Grant grant(AppUser user, RequestFacts request) {
		PolicyText text = this.policy.text();
		Values values = this.policy.values(user);
		Facts facts = new Facts(user, request);
		Matches matches = new Matches();
		text.rules().forEach((rule) -> ask(rule, facts, values, matches));
		List<Lifetime> limits = new ArrayList<>();
		limits.add(new Lifetime(text.ttl(), "policy"));
		matches.lifetimes().forEach(limits::add);
		text.envelope().check(matches.parts(), values);
		return new Grant(matches.capability().compact(), text.clientId().expand(values), Lifetime.least(limits),
				FeatureSum.of(matches.parts()), matches.parts(), Losses.NONE);
	}

	private static void ask(Rule rule, Facts facts, Values values, Matches matches) {
		Condition.Outcome outcome = rule.appliesTo(facts);
		if (rule.deny() != null && outcome != Condition.Outcome.FALSE) {
			throw new Refused(Reason.DENIED_BY_RULE, Objects.requireNonNull(rule.deny()), rule.name());
		}
		if (rule.deny() == null && outcome == Condition.Outcome.TRUE) {
			matches.add(rule, values);
		}
	}

}
