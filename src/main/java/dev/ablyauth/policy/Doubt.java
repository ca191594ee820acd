package dev.ablyauth.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.ablyauth.policy.Condition.Outcome;

/**
 * Says whether a condition can be undecided for users who lack a claim. Goes through the
 * condition as CEL does, where one false operand decides {@code &&} and one true operand
 * {@code ||}, and takes for possible what the rest of it may be.
 */
final class Doubt {

	private static final Set<Outcome> DECIDED = EnumSet.of(Outcome.TRUE, Outcome.FALSE);

	private final List<String> absent;

	private Doubt(List<String> absent) {
		this.absent = absent;
	}

	/** Tells whether somebody without this claim leaves the condition undecided. */
	static boolean isPossible(Expression condition, List<String> absent) {
		return new Doubt(absent).outcomes(condition).contains(Outcome.ERROR);
	}

	private Set<Outcome> outcomes(Expression expression) {
		if (expression.isCall("_&&_")) {
			return joined(expression, Outcome.FALSE, Outcome.TRUE);
		}
		if (expression.isCall("_||_")) {
			return joined(expression, Outcome.TRUE, Outcome.FALSE);
		}
		if (expression.isCall("!_")) {
			Set<Outcome> negated = EnumSet.noneOf(Outcome.class);
			outcomes(expression.operands().get(0)).forEach((outcome) -> negated.add(switch (outcome) {
				case TRUE -> Outcome.FALSE;
				case FALSE -> Outcome.TRUE;
				case ERROR -> Outcome.ERROR;
			}));
			return negated;
		}
		return part(expression);
	}

	/** An operand that decides does so even beside one that is undecided. */
	private Set<Outcome> joined(Expression expression, Outcome decides, Outcome other) {
		Set<Outcome> joined = EnumSet.noneOf(Outcome.class);
		Set<Outcome> right = outcomes(expression.operands().get(1));
		for (Outcome one : outcomes(expression.operands().get(0))) {
			for (Outcome two : right) {
				joined.add((one == decides || two == decides) ? decides
						: (one == Outcome.ERROR || two == Outcome.ERROR) ? Outcome.ERROR : other);
			}
		}
		return joined;
	}

	/**
	 * A part that asks for the claim by itself, as {@code ?:} may, is taken at its word.
	 */
	private Set<Outcome> part(Expression part) {
		if (part.isPresenceTest() && part.path().equals(this.absent)) {
			return EnumSet.of(Outcome.FALSE);
		}
		boolean reads = part.facts().anyMatch((fact) -> reads(fact.path()));
		return (reads && !asksFor(part)) ? EnumSet.of(Outcome.ERROR) : DECIDED;
	}

	private boolean reads(List<String> path) {
		return path.size() >= this.absent.size() && path.subList(0, this.absent.size()).equals(this.absent);
	}

	private boolean asksFor(Expression expression) {
		return (expression.isPresenceTest() && expression.path().equals(this.absent))
				|| expression.operands().stream().anyMatch(this::asksFor);
	}

}
