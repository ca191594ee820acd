package dev.ablyauth.standin;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Verifies whatever a client presents as its access token: an Ably JWT, a token issued
 * here, or a JWT of the app that carries either of them in {@code x-ably-token}.
 */
final class TokenCheck {

	private static final String EMBEDDED = "x-ably-token";

	private final JwtCheck jwts;

	private final OpaqueTokens opaque;

	private final Revocations revocations;

	TokenCheck(JwtCheck jwts, OpaqueTokens opaque, Revocations revocations) {
		this.jwts = jwts;
		this.opaque = opaque;
		this.revocations = revocations;
	}

	VerifiedToken verify(String token) {
		VerifiedToken verified = verifyUnlessRevoked(token);
		this.revocations.requireNotRevoked(verified);
		return verified;
	}

	void endIfRevoked(StandInConnection connection) {
		this.revocations.endIfRevoked(connection);
	}

	private VerifiedToken verifyUnlessRevoked(String token) {
		if (token.chars().filter((c) -> c == '.').count() != 2) {
			return this.opaque.verify(token);
		}
		JwtParts jwt = JwtParts.of(token);
		JsonNode inner = embedded(jwt);
		return (inner != null) ? verifyEmbedded(jwt, inner) : this.jwts.verify(jwt);
	}

	private static @Nullable JsonNode embedded(JwtParts jwt) {
		JsonNode header = jwt.header().get(EMBEDDED);
		JsonNode claim = jwt.payload().get(EMBEDDED);
		if (header != null && claim != null) {
			throw JwtParts.malformed("two embedded tokens");
		}
		return (header != null) ? header : claim;
	}

	/** Ably cannot verify the outer signature; it asks that the outer one ends first. */
	private VerifiedToken verifyEmbedded(JwtParts outer, JsonNode inner) {
		if (!inner.isString() || inner.stringValue().isEmpty()) {
			throw JwtParts.malformed("the embedded token is not a string");
		}
		VerifiedToken token = verify(inner.stringValue());
		JsonNode exp = outer.payload().get("exp");
		if (exp != null && (!exp.isNumber() || exp.decimalValue().longValue() > token.expires().getEpochSecond())) {
			throw JwtParts.malformed("the outer token must not outlive the embedded one");
		}
		return token;
	}

}
