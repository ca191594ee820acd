package dev.ablyauth.standin;

/**
 * Thrown where a check fails, with the code that Ably would answer.
 */
final class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int code;

	private final int statusCode;

	Refused(int code, int statusCode, String message) {
		super(message, null, false, false);
		this.code = code;
		this.statusCode = statusCode;
	}

	Refusal at(String where) {
		return new Refusal(where, this.code, this.statusCode, String.valueOf(getMessage()));
	}

}
