package dev.ablyauth.session;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * The two ways in which a service that knows sessions can say no. Neither tells why.
 */
final class SessionRefusals {

	private SessionRefusals() {
	}

	/** The credential is known and not valid, or nobody is signed in by it. */
	static Refused invalid() {
		return new Refused(Reason.INVALID_SESSION, "The session is not valid.");
	}

	/** Nothing is known of the user, so nothing final may be said. */
	static Refused down() {
		return new Refused(Reason.SESSION_SOURCE_DOWN,
				"The service that knows the sessions cannot be reached, or gives no answer that can be used.");
	}

}
