package dev.ablyauth.remote;

/**
 * Somebody else does not answer, or answers with an error. The message is for the log and
 * repeats nothing that was asked.
 */
public final class RemoteFaultException extends Exception {

	private static final long serialVersionUID = 1L;

	private final boolean away;

	RemoteFaultException(String message, boolean away) {
		super(message, null, false, false);
		this.away = away;
	}

	/**
	 * Tells whether there was no answer at all.
	 * @return whether it could not be connected, or did not answer in time
	 */
	public boolean isAway() {
		return this.away;
	}

	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
