package dev.ablyauth.issuing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javax.crypto.SecretKey;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.AppUser;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import org.jspecify.annotations.Nullable;

/**
 * Puts an Ably token into a JWT of the app, in the claim {@code x-ably-token}, so that
 * the app has one token for itself and for Ably. Source: Ably docs, auth/token,
 * "embedded".
 */
public final class Embedding {

	private static final Set<String> DECIDED_HERE = Set.of("iat", "exp", "nbf", "iss", "sub", "jti");

	private static final int MAX_NAME = 200;

	private final @Nullable SecretKey key;

	private final @Nullable String issuer;

	Embedding(EmbeddingProperties settings) {
		String secret = settings.secret();
		this.key = (secret != null) ? Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)) : null;
		this.issuer = settings.issuer();
	}

	/**
	 * Returns the form of the token inside.
	 * @param asked what was called for
	 * @return the same, or a JWT where nothing was called for
	 * @throws Refused if it cannot be embedded
	 */
	public Asked asked(Asked asked) {
		if (this.key == null) {
			throw new Refused(Reason.INVALID_REQUEST, "embed: needs the setting ably-auth.embed.secret.");
		}
		if (asked == Asked.TOKEN_REQUEST) {
			throw new Refused(Reason.INVALID_REQUEST, "embed: a TokenRequest is no token, expected jwt or ably-token.");
		}
		return (asked == Asked.ANY) ? Asked.JWT : asked;
	}

	/**
	 * Checks the claims of the app, before anything is issued.
	 * @param claims none that is decided here, and none of Ably's
	 * @throws Refused if a claim cannot be the app's
	 */
	public void check(Map<String, Object> claims) {
		claims.forEach((name, value) -> {
			if (name.isEmpty() || !name.equals(name.strip()) || name.length() > MAX_NAME) {
				throw invalid("a claim needs a name without white space around it");
			}
			if (DECIDED_HERE.contains(name) || name.startsWith("x-ably-") || name.startsWith("ably.")) {
				throw invalid("the claim " + name + " is decided by this server");
			}
			if (name.equals("aud") && !(value instanceof String)) {
				throw invalid("the claim aud must be a text");
			}
		});
	}

	private static Refused invalid(String message) {
		return new Refused(Reason.INVALID_REQUEST, "embed: " + message + ".");
	}

	/**
	 * Embeds a token. The JWT around it ends when the token does, because Ably refuses
	 * one that ends later.
	 * @param issued a JWT or an Ably Token
	 * @param user whose it is; becomes {@code sub}
	 * @param claims of the app; none that is decided here, and none of Ably's
	 * @param now becomes {@code iat}
	 * @return the JWT around it
	 * @throws Refused if a claim cannot be the app's
	 */
	public String embed(IssuedToken issued, AppUser user, Map<String, Object> claims, Instant now) {
		check(claims);
		JwtBuilder outer = Jwts.builder()
			.header()
			.type("JWT")
			.and()
			.claims(claims)
			.subject(user.id())
			.issuedAt(Date.from(now))
			.expiration(Date.from(issued.expires()))
			.claim("x-ably-token", issued.token());
		if (this.issuer != null) {
			outer.issuer(this.issuer);
		}
		return outer.signWith(Objects.requireNonNull(this.key), Jwts.SIG.HS256).compact();
	}

}
