package dev.ablyauth.policy;

/**
 * Where something stands in a policy file.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(int line, int column) {

	PolicyProblem problem(String message) {
		return new PolicyProblem(this.line, this.column, message);
	}

}
