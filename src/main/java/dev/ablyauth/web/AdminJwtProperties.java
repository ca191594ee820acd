package dev.ablyauth.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.ablyauth.session.JwtIssuerProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The issuer of the JWTs that admins bring.
 *
 * @param issuer the exact {@code iss} of its tokens
 * @param audiences one of these must be in {@code aud}
 * @param scope the scope that may do everything
 * @param jwksUri where its keys are; default: by discovery
 * @param secret instead of keys: the shared secret of HS256 tokens
 * @param algorithms accepted algorithms; default RS256, with a secret HS256
 */
record AdminJwtProperties(@DefaultValue("") String issuer, @DefaultValue List<String> audiences,
		@DefaultValue("ably-auth:admin") String scope, @Nullable URI jwksUri, @Nullable String secret,
		@DefaultValue List<String> algorithms) {

	/** As RFC 6749 3.3 has it: no spaces and no quotes. */
	private static final String SCOPE = "[!#-\\[\\]-~]+";

	/** The issuer in the terms of the session room, which verifies its tokens. */
	JwtIssuerProperties toIssuer() {
		return new JwtIssuerProperties(this.issuer, this.audiences, Map.of(), List.of("JWT", "at+jwt"), false, "",
				false, this.jwksUri, this.secret, this.algorithms, "sub", "roles", null, null, null, List.of());
	}

	List<String> problems(String name) {
		List<String> problems = new ArrayList<>(toIssuer().signatureProblems(name));
		if (this.audiences.isEmpty()) {
			problems.add(name + ".audiences: is missing; without it tokens for other apps would pass");
		}
		if (!this.scope.matches(SCOPE)) {
			problems.add(name + ".scope: must be one scope, without spaces and quotes");
		}
		else if (isNarrowerScope()) {
			problems.add(name + ".scope: is the name of a narrower scope, expected one such as ably-auth:admin");
		}
		return problems;
	}

	/** Whoever is given such a scope is not meant to have all of them. */
	private boolean isNarrowerScope() {
		AdminScopeNames names = AdminScopeNames.ofJwts(this.scope);
		return List.of(AdminScope.METRICS, AdminScope.READ, AdminScope.MINT, AdminScope.REVOKE)
			.stream()
			.anyMatch((scope) -> names.prefix() != null && names.name(scope).equals(this.scope));
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "AdminJwtProperties(" + this.issuer + ")";
	}

}
