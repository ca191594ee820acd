package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;

/**
 * Whether a user may do one thing.
 *
 * @param allowed yes or no
 * @param rules who gives it, or which one refuses the user
 * @param reason in one sentence
 */
public record CanVerdict(boolean allowed, List<String> rules, String reason) {

	/**
	 * Answers.
	 * @param policy who decides
	 * @param key what the key allows
	 * @param user who would do it
	 * @param request what is known of the request
	 * @param operations what
	 * @param resource where; a pattern asks for all of it
	 * @return yes or no, with the rule
	 */
	public static CanVerdict of(Policy policy, Capability key, AppUser user, RequestFacts request,
			OperationSet operations, Resource resource) {
		Grant grant;
		try {
			grant = policy.grant(user, Wish.NONE, request);
		}
		catch (Refused ex) {
			return refused(ex, () -> whoCould(policy, user, request, operations, resource));
		}
		if (!grant.capability().operationsOn(resource).covers(operations)) {
			return new CanVerdict(false, List.of(),
					"No rule that applies gives it." + whoCould(policy, user, request, operations, resource));
		}
		List<String> rules = grant.rulesFor(resource, operations);
		if (!key.operationsOn(resource).covers(operations)) {
			return new CanVerdict(false, rules, "The policy gives it, and the API key does not allow it.");
		}
		return new CanVerdict(true, rules, "Given by " + String.join(", ", rules) + ".");
	}

	/**
	 * Says no to what the policy may give, because there would be no token.
	 * @param refused why not
	 * @return the same rules, and no
	 */
	public CanVerdict butRefused(Refused refused) {
		String denial = (refused.denial() != null) ? " The denial is " + refused.denial() + "." : "";
		String begin = this.allowed ? "The policy gives it, and no token can be issued: " : "No token can be issued: ";
		return new CanVerdict(false, this.rules, begin + refused.getMessage() + denial);
	}

	/** Where a rule refuses the person, it does not matter what the others would give. */
	private static CanVerdict refused(Refused refused, Supplier<String> whoCould) {
		String rule = refused.rule();
		return (rule != null)
				? new CanVerdict(false, List.of(rule),
						"The rule \"" + rule + "\" refuses this user: " + refused.getMessage())
				: new CanVerdict(false, List.of(), refused.getMessage() + whoCould.get());
	}

	/** The rules that would give it to somebody else, and why not to this user. */
	private static String whoCould(Policy policy, AppUser user, RequestFacts request, OperationSet operations,
			Resource resource) {
		List<String> reasons = new ArrayList<>();
		Facts facts = new Facts(user, request);
		for (Rule rule : policy.text().rules()) {
			boolean could = rule.grants()
				.stream()
				.anyMatch((grant) -> grant.operations().covers(operations)
						&& grant.resources().stream().anyMatch((template) -> template.widest().covers(resource)));
			if (could) {
				RuleVerdict verdict = RuleVerdict.of(rule, facts, policy.values(user));
				reasons.add((verdict.outcome() == RuleVerdict.Outcome.GIVES)
						? " The rule \"" + rule.name() + "\" applies, and gives it elsewhere."
						: " The rule \"" + rule.name() + "\" does not apply: " + verdict.reason() + ".");
			}
		}
		return String.join("", reasons);
	}

}
