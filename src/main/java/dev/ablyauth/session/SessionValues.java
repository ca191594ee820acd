package dev.ablyauth.session;

import java.util.Optional;

/**
 * Reads what a Spring app wrote into its session, whichever of the two formats it is in:
 * Java serialization, which begins with two known bytes, or JSON.
 */
final class SessionValues {

	private static final int MAX_DEPTH = 40;

	private static final StrictJson JSON = new StrictJson(MAX_DEPTH);

	private SessionValues() {
	}

	/** Reads a security context. */
	static Optional<SpringPrincipal> principal(byte[] bytes) throws SessionStoreException {
		try {
			return isJava(bytes) ? JavaPrincipals.of(JavaStream.value(bytes)) : JsonPrincipals.of(json(bytes));
		}
		catch (RuntimeException ex) {
			// A damaged stream can make objects with anything missing.
			throw new SessionStoreException("holds a session with a security context that cannot be read");
		}
	}

	/** Reads a number. */
	static long number(byte[] bytes) throws SessionStoreException {
		Object value = isJava(bytes) ? JavaStream.value(bytes) : TypedJson.of(json(bytes)).value();
		if (value instanceof Long || value instanceof Integer) {
			return ((Number) value).longValue();
		}
		throw new SessionStoreException("holds a session with a time that is no number");
	}

	private static boolean isJava(byte[] bytes) {
		return bytes.length > 1 && bytes[0] == (byte) 0xAC && bytes[1] == (byte) 0xED;
	}

	private static Object json(byte[] bytes) throws SessionStoreException {
		checkSize(bytes);
		try {
			return JSON.read(bytes, Object.class);
		}
		catch (IllegalArgumentException ex) {
			throw new SessionStoreException("holds a session that is neither Java serialization nor JSON");
		}
	}

	static void checkSize(byte[] bytes) throws SessionStoreException {
		if (bytes.length > StoredSession.MAX_BYTES) {
			throw tooLarge();
		}
	}

	static SessionStoreException tooLarge() {
		return new SessionStoreException(
				"holds a session with a security context of more than " + StoredSession.MAX_BYTES + " bytes");
	}

}
