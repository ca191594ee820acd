package dev.ablyauth.ops.meters;

import java.util.Locale;

/**
 * How a call for a token ended, by the HTTP status of the answer.
 */
enum Outcome {

	/** With a token. */
	ISSUED,

	/** With a no that is about the call. */
	REFUSED,

	/** With a no that is about this server, or about what it needs. */
	UNAVAILABLE;

	private static final int CLIENT_ERROR = 400;

	private static final int SERVER_ERROR = 500;

	static Outcome of(int status) {
		if (status >= SERVER_ERROR) {
			return UNAVAILABLE;
		}
		return (status >= CLIENT_ERROR) ? REFUSED : ISSUED;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
