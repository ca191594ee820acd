package dev.ablyauth.issuing;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.TokenRequest;

/**
 * A signed credential, ready to leave.
 */
public sealed interface IssuedToken {

	/**
	 * Tells whether the client gets less than it asked for, or less than the policy gives
	 * because of the key.
	 * @return whether something was lost
	 */
	boolean narrowed();

	/**
	 * An Ably JWT.
	 *
	 * @param jwt the token
	 * @param narrowed whether something was lost
	 */
	record Jwt(AblyJwt jwt, boolean narrowed) implements IssuedToken {
	}

	/**
	 * A TokenRequest.
	 *
	 * @param tokenRequest the TokenRequest
	 * @param narrowed whether something was lost
	 */
	record Request(TokenRequest tokenRequest, boolean narrowed) implements IssuedToken {
	}

}
