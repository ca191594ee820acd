package dev.ablyauth.session;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.ablyauth.ably.Refused;

/**
 * App JWTs as sessions, from one or several issuers.
 */
public final class AppJwtSessions {

	private final Map<String, JwtIssuer> issuers;

	private final Set<String> cookieNames;

	AppJwtSessions(Map<String, JwtIssuer> issuers, Set<String> cookieNames) {
		this.issuers = Map.copyOf(issuers);
		this.cookieNames = Set.copyOf(cookieNames);
	}

	/**
	 * Asks who the bearer of a token is.
	 * @param token as the client sent it
	 * @return the user, or empty if it is no token of a configured issuer
	 * @throws Refused if it is one and it is not valid, or the issuer's keys cannot be
	 * had
	 */
	public Optional<AppUser> user(String token) {
		return CompactJws.read(token)
			.flatMap((jws) -> Optional.ofNullable(jws.claims().get("iss"))
				.map((name) -> (name instanceof String) ? this.issuers.get(name) : null)
				.map((issuer) -> issuer.user(jws)));
	}

	/**
	 * Returns the cookies that may carry a token.
	 * @return names, perhaps none
	 */
	public Set<String> cookieNames() {
		return this.cookieNames;
	}

}
