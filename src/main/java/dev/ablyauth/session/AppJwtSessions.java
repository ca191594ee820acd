package dev.ablyauth.session;

import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.Refused;

/**
 * App JWTs as sessions, from one or several issuers.
 */
public final class AppJwtSessions {

	private final Map<String, JwtIssuer> issuers;

	AppJwtSessions(Map<String, JwtIssuer> issuers) {
		this.issuers = Map.copyOf(issuers);
	}

	/**
	 * Asks who the bearer of a token is.
	 * @param token as the client sent it
	 * @return the user, or empty if it is no token of a configured issuer
	 * @throws Refused if it is one and it is not valid, or the issuer's keys cannot be
	 * had
	 */
	public Optional<AppUser> user(String token) {
		return CompactJws.read(token).flatMap((jws) -> issuer(jws).map((issuer) -> issuer.user(jws)));
	}

	/**
	 * Asks who a cookie belongs to.
	 * @param name of the cookie
	 * @param token its value
	 * @return the user, or empty if it is no token of an issuer that uses this cookie
	 * @throws Refused if it is one and it is not valid, or the issuer's keys cannot be
	 * had
	 */
	public Optional<AppUser> userOfCookie(String name, String token) {
		return CompactJws.read(token)
			.flatMap(
					(jws) -> issuer(jws).filter((issuer) -> issuer.usesCookie(name)).map((issuer) -> issuer.user(jws)));
	}

	/**
	 * Tells whether an issuer uses a cookie.
	 * @param name of the cookie
	 * @return whether it may carry a token
	 */
	public boolean usesCookie(String name) {
		return this.issuers.values().stream().anyMatch((issuer) -> issuer.usesCookie(name));
	}

	private Optional<JwtIssuer> issuer(CompactJws jws) {
		return (jws.claims().get("iss") instanceof String name) ? Optional.ofNullable(this.issuers.get(name))
				: Optional.empty();
	}

}
