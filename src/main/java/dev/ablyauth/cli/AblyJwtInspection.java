package dev.ablyauth.cli;

import tools.jackson.databind.JsonNode;

/**
 * Judges an Ably JWT. Source: Ably docs, auth/token/jwt.
 *
 * @param inspector time, key and operations
 * @param report takes what is found
 */
record AblyJwtInspection(Inspector inspector, Report report) {

	Inspection inspect(CompactJwt jwt, int bytes) {
		JsonNode payload = jwt.claims();
		if (payload == null) {
			throw new UnreadableInputException(
					"This JWT is encrypted, and its header has no x-ably-token: Ably could not read it either.");
		}
		Members header = new Members(jwt.header(), this.report);
		Members claims = new Members(payload, this.report);
		String algorithm = header.text("alg");
		if (!"HS256".equals(algorithm)) {
			this.report.warn("alg", "alg must be HS256. Ably takes no other algorithm.");
		}
		KeyNames keys = new KeyNames(this.inspector.key(), this.report);
		keys.signature(keys.name("kid", header.line("kid")), jwt::isSignedBy);
		JwtLife life = JwtLife.read(claims, this.inspector);
		ClientIds.judge(claims, "x-ably-clientId");
		AblyClaims.judge(header, claims);
		CapabilityInspection capability = new CapabilityInspection(this.inspector, this.report);
		capability.judge(claims.text(AblyClaims.CAPABILITY), claims.has(AblyClaims.CAPABILITY));
		return new Inspection(Kind.ABLY_JWT, bytes, life.expires(), this.report, null);
	}

}
