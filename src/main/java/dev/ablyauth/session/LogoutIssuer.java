package dev.ablyauth.session;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * One issuer that says which sessions have ended, and what its logout tokens must be.
 * OpenID Connect Back-Channel Logout 1.0 2.6. Why is told only of those that the issuer
 * has signed.
 */
final class LogoutIssuer {

	private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

	/** 2.4 recommends the first one, and some issuers send the other, or none. */
	private static final List<String> TYPES = List.of("logout+jwt", "JWT");

	/** Two minutes are preferred for {@code exp}, and some deliver late. */
	private static final Duration MAX_AGE = Duration.ofMinutes(5);

	private final JwtIssuerProperties settings;

	private final Demands demands;

	private final JwsVerifier verifier;

	private final UnaryOperator<String> ownId;

	private final Clock clock;

	/**
	 * Creates an issuer.
	 * @param ownId gives a user of this issuer the id that its tokens give too
	 */
	LogoutIssuer(JwtIssuerProperties settings, JwsVerifier verifier, UnaryOperator<String> ownId, Clock clock) {
		this.settings = settings;
		this.demands = new Demands(settings.logoutAudiences(), Map.of());
		this.verifier = verifier;
		this.ownId = ownId;
		this.clock = clock;
	}

	/** Tells whether these are the claims of a logout token, which is no session. */
	static boolean isLogout(Map<String, Object> claims) {
		return claims.get("events") instanceof Map<?, ?> events && events.containsKey(EVENT);
	}

	LogoutToken read(CompactJws jws) {
		if (!jws.hasType(TYPES) || !this.verifier.isSignedBy(jws)) {
			throw LogoutTokens.invalid();
		}
		Map<String, Object> claims = jws.claims();
		check(claims);
		checkTimes(claims);
		String session = text(claims, "sid",
				"is missing, and sessions are ended by it; switch on backchannel_logout_session_required for this client");
		return new LogoutToken(this.settings.issuer(), text(claims, "jti", "is missing"), session, userId(claims));
	}

	private void check(Map<String, Object> claims) {
		if (!this.settings.issuer().equals(claims.get("iss"))) {
			throw LogoutTokens.invalid();
		}
		if (!this.demands.areMetBy(claims)) {
			throw wrong("aud", "has none of logout-audiences");
		}
		if (!(claims.get("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>)) {
			throw wrong("events", "must have " + EVENT + " with an object");
		}
		if (claims.containsKey("nonce")) {
			throw wrong("nonce", "must not be in a logout token");
		}
	}

	private void checkTimes(Map<String, Object> claims) {
		long now = this.clock.instant().getEpochSecond();
		Long expires = ClaimTime.of(claims.get("exp"));
		if (expires == null || expires <= now - ClaimTime.SKEW) {
			throw wrong("exp", "must be a time that is not over");
		}
		Long issued = ClaimTime.of(claims.get("iat"));
		if (issued == null || issued > now + ClaimTime.SKEW || issued < now - MAX_AGE.toSeconds() - ClaimTime.SKEW) {
			throw wrong("iat", "must be a time of the last " + MAX_AGE.toMinutes() + " minutes");
		}
		Long begins = claims.containsKey("nbf") ? ClaimTime.of(claims.get("nbf")) : Long.valueOf(now);
		if (begins == null || begins > now + ClaimTime.SKEW) {
			throw wrong("nbf", "must be a time that has come");
		}
	}

	private static String text(Map<String, Object> claims, String name, String missing) {
		Object value = claims.get(name);
		if (value == null || value.equals("")) {
			throw wrong(name, missing);
		}
		if (!(value instanceof String text)) {
			throw wrong(name, "must be a text");
		}
		return text;
	}

	/** Where tokens name the user by another claim, {@code sub} says nothing. */
	private @Nullable String userId(Map<String, Object> claims) {
		if (!claims.containsKey("sub")) {
			return null;
		}
		String subject = text(claims, "sub", "must not be empty");
		if (!this.settings.userId().equals("sub")) {
			return null;
		}
		try {
			return this.ownId.apply(subject);
		}
		catch (Refused refused) {
			throw wrong("sub", "is not one of this issuer");
		}
	}

	private static Refused wrong(String claim, String what) {
		return new Refused(Reason.INVALID_LOGOUT, "The logout token is not valid: " + claim + ": " + what + ".");
	}

}
