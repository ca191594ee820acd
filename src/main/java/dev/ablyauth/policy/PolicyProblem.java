package dev.ablyauth.policy;

/**
 * One error in a policy file.
 *
 * @param line from 1
 * @param column from 1
 * @param message what was found and what was expected
 */
public record PolicyProblem(int line, int column, String message) implements Comparable<PolicyProblem> {

	@Override
	public int compareTo(PolicyProblem other) {
		return (this.line != other.line) ? Integer.compare(this.line, other.line)
				: Integer.compare(this.column, other.column);
	}

	@Override
	public String toString() {
		return "line " + this.line + ", column " + this.column + ": " + this.message;
	}

}
