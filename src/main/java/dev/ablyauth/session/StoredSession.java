package dev.ablyauth.session;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A session as it was read: when it ends, and what Spring Security keeps in it.
 */
final class StoredSession {

	static final String SECURITY_CONTEXT = "SPRING_SECURITY_CONTEXT";

	static final int MAX_BYTES = 256 * 1024;

	private final Instant end;

	private final byte @Nullable [] context;

	/**
	 * Creates a session.
	 * @param end when it ends
	 * @param context the security context in bytes; null if the session has none
	 */
	StoredSession(Instant end, byte @Nullable [] context) {
		this.end = end;
		this.context = context;
	}

	/** Makes the time out of milliseconds, at most the end that stands for none. */
	static Instant time(long millis) {
		try {
			Instant time = Instant.ofEpochMilli(millis);
			return time.isAfter(AppUser.NO_END) ? AppUser.NO_END : time;
		}
		catch (DateTimeException ex) {
			return AppUser.NO_END;
		}
	}

	Instant end() {
		return this.end;
	}

	/**
	 * Reads who is signed in.
	 * @return the principal; empty if nobody is signed in
	 * @throws SessionStoreException if that cannot be read
	 */
	Optional<SpringPrincipal> principal() throws SessionStoreException {
		return (this.context != null) ? SessionValues.principal(this.context) : Optional.empty();
	}

}
