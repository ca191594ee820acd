package dev.ablyauth.session;

/**
 * The store of sessions does not answer, or answers what cannot be read. The message is
 * for the log: it holds nothing of a session but names of classes.
 */
final class SessionStoreException extends Exception {

	private static final long serialVersionUID = 1L;

	private static final int LONGEST = 200;

	private final boolean away;

	/**
	 * Creates an exception.
	 * @param message what is wrong; of what others wrote, only printable ASCII is kept
	 */
	SessionStoreException(String message) {
		this(message, false);
	}

	private SessionStoreException(String message, boolean away) {
		super(printable(message), null, false, false);
		this.away = away;
	}

	/** The store cannot be connected, or does not answer in time. */
	static SessionStoreException away(String message) {
		return new SessionStoreException(message, true);
	}

	/** Tells whether there was no answer at all. */
	boolean isAway() {
		return this.away;
	}

	private static String printable(String message) {
		String line = message.replaceAll("[^ -~]", "?");
		return (line.length() > LONGEST) ? line.substring(0, LONGEST) : line;
	}

	/** Something that should not happen; what it says may be anything. */
	static SessionStoreException of(Throwable unexpected) {
		return (unexpected instanceof SessionStoreException known) ? known
				: new SessionStoreException("failed with " + unexpected.getClass().getName());
	}

	/** A class that a session holds and that is not read. */
	static SessionStoreException ofClass(String name) {
		return new SessionStoreException("holds a session with the class " + name + ", which is not read");
	}

}
