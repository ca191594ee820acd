package dev.ablyauth.session;

import org.jspecify.annotations.Nullable;

/**
 * What an issuer says of a session that has ended. OpenID Connect Back-Channel Logout 1.0
 * 2.4.
 *
 * @param issuer who says so
 * @param id {@code jti}, by which it is known again
 * @param sessionId {@code sid}, which the tokens of that session have too
 * @param userId whose session it was, with the prefix of the issuer, or null if that
 * cannot be told
 */
public record LogoutToken(String issuer, String id, String sessionId, @Nullable String userId) {

	/**
	 * Shows whose it is, and nothing that could be used.
	 */
	@Override
	public String toString() {
		return "LogoutToken(" + this.issuer + ")";
	}

}
