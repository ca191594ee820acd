package dev.ablyauth.cli;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Judges a JWT of an app that carries a token for Ably. Source: Ably docs, auth/token,
 * "embedded token".
 *
 * @param inspector time, key and operations
 * @param report takes what is found
 */
record EmbeddingJwtInspection(Inspector inspector, Report report) {

	static boolean isFor(CompactJwt jwt) {
		JsonNode claims = jwt.claims();
		return jwt.header().hasNonNull(AblyClaims.TOKEN) || (claims != null && claims.hasNonNull(AblyClaims.TOKEN));
	}

	Inspection inspect(CompactJwt jwt, int bytes) {
		String token = token(jwt);
		this.report.fact("signature", "signature", "not-checked",
				"not checked: it is the app's, and Ably does not check it");
		Inspection inside = (token != null) ? inside(token) : null;
		Instant expires = expires(jwt.claims());
		if (inside != null && inside.expires() != null && expires != null && expires.isAfter(inside.expires())) {
			this.report.warn("outlives-inside",
					"It expires later than the token inside. Ably refuses that, because the outer one must be renewed first.");
		}
		return new Inspection(Kind.EMBEDDING_JWT, bytes, expires, this.report, inside);
	}

	private @Nullable String token(CompactJwt jwt) {
		String inHeader = new Members(jwt.header(), this.report).text(AblyClaims.TOKEN);
		JsonNode claims = jwt.claims();
		String inClaims = (claims != null) ? new Members(claims, this.report).text(AblyClaims.TOKEN) : null;
		if (inHeader != null && inClaims != null) {
			this.report.warn("two-inside",
					"There is a token in the header and one in the claims. Ably does not say which one it takes.");
		}
		this.report.fact("place", "token is in", (inHeader != null) ? "header" : "claims",
				((inHeader != null) ? "the header, " : "the claims, ") + AblyClaims.TOKEN);
		return (inHeader != null) ? inHeader : inClaims;
	}

	private @Nullable Inspection inside(String token) {
		try {
			return this.inspector.inspectInside(token);
		}
		catch (UnreadableInputException ex) {
			this.report.warn("inside", "The token inside cannot be read: " + ex.getMessage());
			return null;
		}
	}

	private @Nullable Instant expires(@Nullable JsonNode claims) {
		Instant expires = (claims != null && claims.hasNonNull("exp"))
				? JwtLife.time(new Members(claims, this.report), "exp") : null;
		if (expires != null) {
			JwtLife.expires(expires, this.report, this.inspector.now());
		}
		return expires;
	}

}
