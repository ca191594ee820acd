package dev.ablyauth.ably;

/**
 * The one kind of no. Thrown wherever a request cannot have a token, and said aloud in
 * one place, at the door, in the words of Ably's ErrorInfo.
 */
public final class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Refuses.
	 * @param reason decides status and code
	 * @param message for the developer of the client; holds no secret, no token and no
	 * claim value
	 */
	public Refused(Reason reason, String message) {
		super(message, null, false, false);
		this.reason = reason;
	}

	/**
	 * Returns why.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * Returns the message.
	 * @return one sentence
	 */
	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
