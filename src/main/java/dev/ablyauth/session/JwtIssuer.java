package dev.ablyauth.session;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * One issuer of JWTs: what it must have signed and said, and who the user is then. Where
 * a token is not valid, the answer never tells why.
 */
final class JwtIssuer {

	private final String kind;

	private final JwtIssuerProperties settings;

	private final Demands demands;

	private final JwsVerifier verifier;

	private final UnaryOperator<String> ownId;

	private final Clock clock;

	private final ClaimPath userId;

	private final ClaimPath roles;

	/**
	 * Creates an issuer.
	 * @param kind the session kind of its users
	 * @param ownId gives a user of this issuer an id that no other issuer can give
	 */
	JwtIssuer(String kind, JwtIssuerProperties settings, JwsVerifier verifier, UnaryOperator<String> ownId,
			Clock clock) {
		this.kind = kind;
		this.settings = settings;
		this.demands = new Demands(settings.audiences(), settings.requiredClaims());
		this.verifier = verifier;
		this.ownId = ownId;
		this.clock = clock;
		this.userId = new ClaimPath(settings.userId());
		this.roles = new ClaimPath(settings.roles());
	}

	/** The cookie that may carry its tokens. */
	Optional<String> cookieName() {
		return Optional.ofNullable(this.settings.cookieName());
	}

	AppUser user(CompactJws jws) {
		if (!jws.hasType(this.settings.types()) || !this.verifier.isSignedBy(jws)) {
			throw SessionRefusals.invalid();
		}
		Map<String, Object> claims = jws.claims();
		Instant expires = expires(claims);
		if (!this.settings.issuer().equals(claims.get("iss")) || !this.demands.areMetBy(claims)
				|| isUnwantedIdToken(claims) || LogoutIssuer.isLogout(claims)) {
			throw SessionRefusals.invalid();
		}
		if (!(this.userId.find(claims) instanceof String id) || id.isEmpty()) {
			throw SessionRefusals.invalid();
		}
		AppUser.Source source = new AppUser.Source(this.kind, this.settings.issuer());
		return new AppUser(this.ownId.apply(id), roles(claims), claims, source, expires);
	}

	/** RFC 7519 4.1.4 to 4.1.6; stricter because {@code exp} must be there. */
	private Instant expires(Map<String, Object> claims) {
		long now = this.clock.instant().getEpochSecond();
		long expires = time(claims, "exp", null);
		long issued = time(claims, "iat", now);
		if (expires <= now - ClaimTime.SKEW || time(claims, "nbf", now) > now + ClaimTime.SKEW
				|| issued > now + ClaimTime.SKEW) {
			throw SessionRefusals.invalid();
		}
		if ((this.settings.maxAge() != null || this.settings.maxLifetime() != null) && !claims.containsKey("iat")) {
			throw SessionRefusals.invalid();
		}
		if (this.settings.maxAge() != null && issued < now - this.settings.maxAge().toSeconds() - ClaimTime.SKEW) {
			throw SessionRefusals.invalid();
		}
		if (this.settings.maxLifetime() != null && expires - issued > this.settings.maxLifetime().toSeconds()) {
			throw SessionRefusals.invalid();
		}
		return Instant.ofEpochSecond(expires);
	}

	private static long time(Map<String, Object> claims, String name, @Nullable Long absent) {
		Object value = claims.get(name);
		if (value == null && absent != null) {
			return absent;
		}
		Long time = ClaimTime.of(value);
		if (time == null) {
			throw SessionRefusals.invalid();
		}
		return time;
	}

	/** An ID token tells an app who signed in; it is no key to other doors. */
	private boolean isUnwantedIdToken(Map<String, Object> claims) {
		return claims.containsKey("nonce") && !this.settings.acceptIdTokens();
	}

	private Collection<String> roles(Map<String, Object> claims) {
		return Demands.texts(this.roles.find(claims));
	}

}
