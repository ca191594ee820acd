package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a policy without using it, and tells everything about it.
 *
 * @param hash the beginning of the SHA-256 of the text
 * @param problems errors, with which it cannot be used
 * @param warnings what the lint found
 * @param tests the tests of the file and how they ended
 */
public record PolicyCheck(String hash, List<PolicyProblem> problems, List<PolicyProblem> warnings,
		List<TestResult> tests) {

	/**
	 * Checks a policy.
	 * @param yaml the text of the file
	 * @param reader reads it
	 * @param context what is known of the server that will use it
	 * @return all that was found
	 */
	public static PolicyCheck of(String yaml, PolicyReader reader, LintContext context) {
		PolicyText text;
		try {
			text = reader.parse(yaml);
		}
		catch (InvalidPolicyException ex) {
			return new PolicyCheck("", ex.problems(), List.of(), List.of());
		}
		List<TestResult> results = new ArrayList<>();
		List<PolicyProblem> failures = new ArrayList<>();
		Policy tested = new Policy(text, Pseudonyms.OF_TESTS);
		for (PolicyTest test : text.tests()) {
			PolicyProblem failure = test.run(tested).orElse(null);
			results.add(new TestResult(test.name(), failure == null, (failure != null) ? failure.message() : ""));
			if (failure != null) {
				failures.add(failure);
			}
		}
		return new PolicyCheck(text.hash(), failures, Lint.warnings(text, context), results);
	}

	/**
	 * Tells whether the policy can be used.
	 * @return whether there is no error and no failing test
	 */
	public boolean passed() {
		return this.problems.isEmpty();
	}

	/**
	 * How one test ended.
	 *
	 * @param name of the test
	 * @param passed whether all was as expected
	 * @param message what was not
	 */
	public record TestResult(String name, boolean passed, String message) {
	}

}
