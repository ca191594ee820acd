package dev.ablyauth.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy file that cannot be used, with all of its errors at once.
 */
public final class InvalidPolicyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<PolicyProblem> problems;

	InvalidPolicyException(List<PolicyProblem> problems) {
		super(problems.stream().map(PolicyProblem::toString).collect(Collectors.joining("\n")));
		this.problems = List.copyOf(problems);
	}

	/**
	 * Returns the errors.
	 * @return at least one, in the order of the file
	 */
	public List<PolicyProblem> problems() {
		return this.problems;
	}

}
