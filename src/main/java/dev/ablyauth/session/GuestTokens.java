package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Signs guest tokens, and checks them as the tokens of any other issuer with a secret are
 * checked. While there are no guests, there is no such issuer.
 */
final class GuestTokens {

	static final String ISSUER = "ably-auth-server/guest";

	/** So that no JWT of an app is a guest token, whatever secret signs it. */
	static final String TYPE = "guest+jwt";

	private static final int RANDOM_BYTES = 16;

	private final GuestProperties settings;

	private final String secret;

	private final Pattern ids;

	private final AppJwtSessions verified;

	private final Clock clock;

	private final RandomGenerator random;

	/**
	 * Reads the secret.
	 * @param random a cryptographic one outside of tests
	 */
	GuestTokens(GuestProperties settings, JwtIssuers issuers, Clock clock, RandomGenerator random) {
		this.settings = settings;
		this.secret = settings.enabled() ? settings.secretText() : "";
		this.ids = Pattern.compile(Pattern.quote(settings.idPrefix()) + "[A-Za-z0-9_-]{22}");
		this.verified = issuers.sessions(settings.enabled() ? List.of(issuer(this.secret)) : List.of());
		this.clock = clock;
		this.random = random;
	}

	private static JwtIssuerProperties issuer(String secret) {
		return new JwtIssuerProperties(ISSUER, List.of(), Map.of(), List.of(TYPE), false, "", false, null, secret,
				List.of(), "sub", "roles", null, null, null, List.of());
	}

	/**
	 * Asks which guest a token is of.
	 * @return the guest, or empty if it does not say that it is a guest token
	 * @throws Refused if it says so and is not valid
	 */
	Optional<AppUser> guest(String token) {
		return this.verified.user(token).map((known) -> {
			// Another prefix in the settings would make guests of the old one look like
			// users.
			if (!this.ids.matcher(known.id()).matches()) {
				throw invalid();
			}
			return AppUser.guest(known.id(), known.expires());
		});
	}

	static Refused invalid() {
		return new Refused(Reason.INVALID_SESSION, "The guest token is not valid.");
	}

	/** An id that nobody has and nobody guesses: 128 random bits. */
	String newId() {
		byte[] bytes = new byte[RANDOM_BYTES];
		this.random.nextBytes(bytes);
		return this.settings.idPrefix() + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/** A token that is good from now on. */
	GuestToken sign(String id) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant expires = now.plus(this.settings.ttl()).truncatedTo(ChronoUnit.SECONDS);
		JWSObject token = new JWSObject(
				new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType(TYPE)).build(), new Payload(Map
					.of("iss", ISSUER, "sub", id, "iat", now.getEpochSecond(), "exp", expires.getEpochSecond())));
		try {
			token.sign(new MACSigner(this.secret.getBytes(StandardCharsets.UTF_8)));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("the secret of guests cannot sign", ex);
		}
		return new GuestToken(id, token.serialize(), expires);
	}

}
