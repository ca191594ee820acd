package dev.ablyauth.session;

/**
 * The keys of an issuer could not be had.
 */
final class JwksUnavailableException extends Exception {

	private static final long serialVersionUID = 1L;

	JwksUnavailableException(String message) {
		super(message);
	}

}
