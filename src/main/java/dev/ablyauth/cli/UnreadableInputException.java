package dev.ablyauth.cli;

/**
 * What was given cannot be read, so there is no answer. The message is for the person at
 * the terminal and repeats nothing of what was given.
 */
final class UnreadableInputException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnreadableInputException(String message) {
		super(message, null, false, false);
	}

}
