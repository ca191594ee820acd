package dev.ablyauth.session;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * What a proxy says of the user in its header, and when that counts.
 */
@FunctionalInterface
interface Assertion {

	/**
	 * Asks who the user is.
	 * @param value of the proxy's header
	 * @param credentials what else came with the request
	 * @return the user
	 * @throws Refused if the header does not count, or nobody can tell at the moment
	 */
	AppUser user(String value, Credentials credentials);

	/** Like every answer about a session, it does not tell why. */
	static Refused invalid() {
		return new Refused(Reason.INVALID_SESSION, "What the proxy says of the user is not valid.");
	}

}
