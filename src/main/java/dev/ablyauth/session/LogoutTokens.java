package dev.ablyauth.session;

import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Reads the logout tokens of those issuers of app JWTs whose settings name audiences for
 * them.
 */
public final class LogoutTokens {

	private final Map<String, LogoutIssuer> issuers;

	/**
	 * Creates it.
	 * @param issuers by their names
	 */
	LogoutTokens(Map<String, LogoutIssuer> issuers) {
		this.issuers = Map.copyOf(issuers);
	}

	/**
	 * Tells whether no issuer may end sessions.
	 * @return whether each token would be refused
	 */
	public boolean isOff() {
		return this.issuers.isEmpty();
	}

	/**
	 * Reads a logout token.
	 * @param token as the issuer sent it
	 * @return what it says
	 * @throws Refused if it is not valid, or if the issuer's keys cannot be had; of what
	 * no issuer has signed, it never tells why
	 */
	public LogoutToken read(String token) {
		CompactJws jws = CompactJws.read(token).orElseThrow(LogoutTokens::invalid);
		return issuer(jws).orElseThrow(LogoutTokens::invalid).read(jws);
	}

	private Optional<LogoutIssuer> issuer(CompactJws jws) {
		return (jws.claims().get("iss") instanceof String name) ? Optional.ofNullable(this.issuers.get(name))
				: Optional.empty();
	}

	static Refused invalid() {
		return new Refused(Reason.INVALID_LOGOUT, "The logout token is not valid.");
	}

}
