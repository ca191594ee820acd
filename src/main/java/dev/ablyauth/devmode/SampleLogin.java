package dev.ablyauth.devmode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import dev.ablyauth.session.JwtIssuerProperties;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;

/**
 * Stands where the login of a real app would be: gives a sample user a session token that
 * the server then checks like any other.
 */
final class SampleLogin {

	private static final Duration SESSION = Duration.ofHours(8);

	private final JwtIssuerProperties issuer;

	private final Clock clock;

	SampleLogin(JwtIssuerProperties issuer, Clock clock) {
		this.issuer = issuer;
		this.clock = clock;
	}

	String sessionToken(SampleUser user) {
		Instant now = this.clock.instant();
		return Jwts.builder()
			.claims(user.claims())
			.subject(user.id())
			.claim("roles", user.roles())
			.issuer(this.issuer.issuer())
			.audience()
			.add(this.issuer.audiences().get(0))
			.and()
			.issuedAt(Date.from(now))
			.expiration(Date.from(now.plus(SESSION)))
			.signWith(Keys.hmacShaKeyFor(this.issuer.secretBytes()), Jwts.SIG.HS256)
			.compact();
	}

}
