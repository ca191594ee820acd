package dev.ablyauth.revocation;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * The store cannot be read or written, or is not to be relied on.
 */
final class DenialStoreException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** No connection, or a server that is starting, stopping or full. */
	private static final Set<String> AWAY = Set.of("08000", "08001", "08003", "08006", "08007", "57P01", "57P02",
			"57P03", "53300");

	private final boolean away;

	private final boolean unchanged;

	DenialStoreException(String message) {
		super(message);
		this.away = false;
		this.unchanged = true;
	}

	private DenialStoreException(String message, boolean away, boolean unchanged, Throwable cause) {
		super(message, cause);
		this.away = away;
		this.unchanged = unchanged;
	}

	/** Says what the database said last, in one line; such texts hold no values. */
	static DenialStoreException of(RuntimeException ex) {
		SQLException last = null;
		Throwable first = (ex instanceof TransactionSystemException failed && failed.getApplicationException() != null)
				? failed.getApplicationException() : ex;
		for (Throwable cause = first; cause != null; cause = cause.getCause()) {
			last = (cause instanceof SQLException sql) ? sql : last;
		}
		String state = (last != null) ? last.getSQLState() : null;
		Throwable said = (last != null) ? last : ex;
		String line = String.valueOf(said.getMessage()).lines().findFirst().orElse("");
		return new DenialStoreException((state != null) ? line + " (SQLSTATE " + state + ")" : line, isAway(state),
				ex instanceof CannotCreateTransactionException, ex);
	}

	private static boolean isAway(@Nullable String state) {
		return state != null && AWAY.contains(state);
	}

	/** Tells whether it may come back by itself. */
	boolean isAway() {
		return this.away;
	}

	/**
	 * Tells whether it is sure that nothing was written: the fault was seen before a
	 * commit was tried.
	 */
	boolean isUnchanged() {
		return this.unchanged;
	}

	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
