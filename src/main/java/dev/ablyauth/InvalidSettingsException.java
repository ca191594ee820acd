package dev.ablyauth;

import java.util.List;

/**
 * Settings with which the server cannot start.
 */
final class InvalidSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> problems;

	InvalidSettingsException(List<String> problems) {
		super(String.join("\n", problems));
		this.problems = List.copyOf(problems);
	}

	/** One line for each problem, with the property or the line of the policy. */
	List<String> problems() {
		return this.problems;
	}

}
