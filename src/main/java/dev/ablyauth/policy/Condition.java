package dev.ablyauth.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;

/**
 * The {@code when} of a rule, compiled once.
 */
final class Condition {

	private final Expression expression;

	private final Program program;

	private final boolean mentionsGuest;

	Condition(Expression expression, Program program, boolean mentionsGuest) {
		this.expression = expression;
		this.program = program;
		this.mentionsGuest = mentionsGuest;
	}

	/**
	 * Tells whether it speaks of guests; a rule applies to guests only then.
	 */
	boolean mentionsGuest() {
		return this.mentionsGuest;
	}

	/** What it says, for explanations. */
	Expression expression() {
		return this.expression;
	}

	/**
	 * Asks the condition; a missing claim or a wrong type is an error, and the rule
	 * decides what that means: doubt never opens.
	 */
	Outcome evaluate(CelVariableResolver facts) {
		try {
			return (this.program.eval(facts) instanceof Boolean result) ? (result ? Outcome.TRUE : Outcome.FALSE)
					: Outcome.ERROR;
		}
		catch (CelEvaluationException | RuntimeException ex) {
			return Outcome.ERROR;
		}
	}

	enum Outcome {

		TRUE, FALSE, ERROR

	}

}
