package dev.ablyauth.cli;

import java.util.function.Supplier;

/**
 * What was given cannot be read, so there is no answer. The message is for the person at
 * the terminal and repeats nothing of what was given.
 */
final class UnreadableInputException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnreadableInputException(String message) {
		super(message, null, false, false);
	}

	/**
	 * Reads something that was given.
	 * @param name what it is, as in {@code "ID: "}; empty where the refusal names it
	 * @param input reads it, and throws an {@code IllegalArgumentException} if it cannot
	 * @return what was read
	 */
	static <V> V reading(String name, Supplier<V> input) {
		try {
			return input.get();
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException(name + ex.getMessage() + ".");
		}
	}

}
