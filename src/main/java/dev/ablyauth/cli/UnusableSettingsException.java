package dev.ablyauth.cli;

import java.util.List;

/**
 * Settings with which the server would not start.
 */
public final class UnusableSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> problems;

	/**
	 * Says what is wrong.
	 * @param problems one line for each, with the property
	 */
	public UnusableSettingsException(List<String> problems) {
		super(String.join("\n", problems), null, false, false);
		this.problems = List.copyOf(problems);
	}

	List<String> problems() {
		return this.problems;
	}

}
