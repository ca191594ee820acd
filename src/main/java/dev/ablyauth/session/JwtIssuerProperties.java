package dev.ablyauth.session;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ablyauth.ably.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One issuer of app JWTs, as the settings name it.
 *
 * @param issuer the exact {@code iss} of its tokens
 * @param audiences one of these must be in {@code aud}
 * @param requiredClaims claim path to accepted values; each must hold
 * @param types accepted {@code typ} headers; an absent one counts as {@code JWT}
 * @param acceptIdTokens whether OpenID Connect ID tokens are accepted
 * @param userIdPrefix put before every user id of this issuer
 * @param sameUsers whether the same id at another issuer is the same person
 * @param jwksUri where its keys are; default: by discovery
 * @param secret instead of keys: the shared secret of HS256 tokens
 * @param algorithms accepted algorithms; default RS256, with a secret HS256
 * @param userId claim path of the user's id
 * @param roles claim path of the user's roles
 * @param maxAge how old a token may be
 * @param maxLifetime how long a token may be valid in all
 * @param cookieName a cookie that may carry the token instead of the header
 * @param logoutAudiences one of these must be in {@code aud} of its logout tokens; none
 * if it may end no sessions
 */
public record JwtIssuerProperties(@DefaultValue("") String issuer, @DefaultValue List<String> audiences,
		@DefaultValue Map<String, List<String>> requiredClaims, @DefaultValue( {
				"JWT", "at+jwt" }) List<String> types,
		@DefaultValue("false") boolean acceptIdTokens, @DefaultValue("") String userIdPrefix,
		@DefaultValue("false") boolean sameUsers, @Nullable URI jwksUri, @Nullable String secret,
		@DefaultValue List<String> algorithms, @DefaultValue("sub") String userId, @DefaultValue("roles") String roles,
		@Nullable Duration maxAge, @Nullable Duration maxLifetime, @Nullable String cookieName,
		@DefaultValue List<String> logoutAudiences) implements UserSource{

	private static final int MIN_SECRET_BYTES = 32;

	/** It is part of the author of denials. */
	private static final int MAX_LOGOUT_ISSUER = 500;

	private static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
			JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
			JWSAlgorithm.ES384, JWSAlgorithm.ES512);

	Set<JWSAlgorithm> jwsAlgorithms() {
		if (this.algorithms.isEmpty()) {
			return Set.of((this.secret != null) ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256);
		}
		return this.algorithms.stream().map(JWSAlgorithm::new).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns the shared secret.
	 * @return its UTF-8 bytes, none if there is no secret
	 */
	public byte[] secretBytes() {
		return (this.secret != null) ? this.secret.getBytes(StandardCharsets.UTF_8) : new byte[0];
	}

	@Override
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.audiences.isEmpty() && this.requiredClaims.isEmpty()) {
			problems
				.add(name + ".audiences: is missing; without it, or required-claims, tokens for other apps would pass");
		}
		claimProblems(name, problems);
		logoutProblems(name, problems);
		problems.addAll(signatureProblems(name));
		return problems;
	}

	/**
	 * Finds what is wrong with the issuer itself, and with how its signatures are
	 * checked.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> signatureProblems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.issuer.isBlank()) {
			problems.add(name + ".issuer: is missing, expected the exact iss of the tokens");
		}
		if (this.secret != null) {
			secretProblems(name, problems);
		}
		else {
			keyProblems(name, problems);
		}
		return problems;
	}

	private void claimProblems(String name, List<String> problems) {
		if (this.userId.isBlank() || this.roles.isBlank()
				|| this.requiredClaims.keySet().stream().anyMatch(String::isBlank)) {
			problems.add(name + ": user-id, roles and the names in required-claims must not be empty");
		}
		if (this.types.isEmpty()) {
			problems.add(name + ".types: must not be empty");
		}
		if (isNotPositive(this.maxAge) || isNotPositive(this.maxLifetime)) {
			problems.add(name + ": max-age and max-lifetime must be more than 0s");
		}
		if (this.cookieName != null && !this.cookieName.matches("[A-Za-z0-9_.-]+")) {
			problems.add(name + ".cookie-name: must be letters, digits, _, . and -");
		}
	}

	private void logoutProblems(String name, List<String> problems) {
		if (this.logoutAudiences.stream().anyMatch(String::isBlank)) {
			problems.add(name + ".logout-audiences: must not be empty");
		}
		if (!this.logoutAudiences.isEmpty()
				&& (this.issuer.length() > MAX_LOGOUT_ISSUER || !Text.isClean(this.issuer))) {
			problems.add(name + ".issuer: must have at most " + MAX_LOGOUT_ISSUER
					+ " characters and no control characters, to end sessions");
		}
	}

	/**
	 * Tells whether a token may still be valid when its session, which has ended, is not
	 * denied any more.
	 * @param denied how long it is
	 * @return false also where nobody can tell
	 */
	public boolean outlives(Duration denied) {
		return !this.logoutAudiences.isEmpty() && this.maxLifetime != null && this.maxLifetime.compareTo(denied) > 0;
	}

	private static boolean isNotPositive(@Nullable Duration duration) {
		return duration != null && (duration.isNegative() || duration.isZero());
	}

	private void secretProblems(String name, List<String> problems) {
		if (secretBytes().length < MIN_SECRET_BYTES) {
			problems.add(name + ".secret: is shorter than " + MIN_SECRET_BYTES + " bytes, RFC 7518 3.2 asks for that");
		}
		if (this.jwksUri != null) {
			problems.add(name + ".jwks-uri: an issuer has either a secret or keys, never both");
		}
		if (!Set.of(JWSAlgorithm.HS256).containsAll(jwsAlgorithms())) {
			problems.add(name + ".algorithms: with a secret, only HS256 is possible");
		}
	}

	private void keyProblems(String name, List<String> problems) {
		if (!ASYMMETRIC.containsAll(jwsAlgorithms())) {
			problems.add(name + ".algorithms: expected some of "
					+ ASYMMETRIC.stream().map(JWSAlgorithm::getName).sorted().toList());
		}
		if (this.jwksUri != null && !HttpFetcher.isAllowed(this.jwksUri)) {
			problems.add(name + ".jwks-uri: must be https, or http to this machine itself");
		}
		if (this.jwksUri == null && !this.issuer.isBlank() && !isAllowedUri(this.issuer)) {
			problems
				.add(name + ".issuer: is no https address, so its keys cannot be discovered; set jwks-uri or secret");
		}
	}

	private static boolean isAllowedUri(String text) {
		try {
			return HttpFetcher.isAllowed(URI.create(text));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "JwtIssuerProperties(" + this.issuer + ")";
	}

}
