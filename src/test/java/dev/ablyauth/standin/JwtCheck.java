package dev.ablyauth.standin;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The checks Ably makes on an Ably JWT: HS256 with the secret of the key in {@code kid},
 * times in seconds, a capability string, a clientId string.
 */
final class JwtCheck {

	private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(Instant.MAX.getEpochSecond());

	private final StandInKeys keys;

	private final Clock clock;

	JwtCheck(StandInKeys keys, Clock clock) {
		this.keys = keys;
		this.clock = clock;
	}

	VerifiedToken verify(JwtParts jwt) {
		StandInKey key = requireSigned(jwt);
		JsonNode claims = jwt.payload();
		Instant expires = requireCurrent(claims, key);
		StandInCapability capability = capability(claims, key);
		Credential credential = new Credential(Credential.Kind.JWT, jwt.payloadText(), capability.toString(),
				clientId(claims.get("x-ably-clientId")), key.name());
		return new VerifiedToken(credential, capability, seconds(claims, "iat"), expires,
				revocationKey(claims.get("x-ably-revocation-key")));
	}

	private StandInKey requireSigned(JwtParts jwt) {
		if (!"HS256".equals(text(jwt.header().get("alg")))) {
			throw JwtParts.malformed("the only algorithm is HS256");
		}
		String kid = text(jwt.header().get("kid"));
		if (kid == null) {
			throw JwtParts.malformed("no kid");
		}
		StandInKey key = this.keys.named(kid);
		byte[] signature = Base64.getUrlEncoder().withoutPadding().encode(key.hmac(jwt.signed()));
		if (!MessageDigest.isEqual(signature, jwt.signature().getBytes(StandardCharsets.US_ASCII))) {
			throw JwtParts.malformed("signature verification failed");
		}
		return key;
	}

	private Instant requireCurrent(JsonNode claims, StandInKey key) {
		Instant issued = seconds(claims, "iat");
		Instant expires = seconds(claims, "exp");
		Instant now = this.clock.instant();
		if (issued.isAfter(now)) {
			throw JwtParts.malformed("issuedAt time must not be in the future");
		}
		if (!expires.isAfter(now)) {
			throw new Refused(40142, 401, "Token expired");
		}
		if (expires.isAfter(issued.plus(key.longestLife()))) {
			throw new Refused(40003, 400, "The life of the token is too long");
		}
		return expires;
	}

	private static Instant seconds(JsonNode claims, String claim) {
		JsonNode value = claims.get(claim);
		if (value == null || !value.isNumber()) {
			throw new Refused(40144, 400, "Invalid JWT: " + claim + " must be a number");
		}
		BigDecimal seconds = value.decimalValue();
		if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
			throw new Refused(40144, 400, "Invalid JWT: " + claim + " is out of range");
		}
		return Instant.ofEpochSecond(seconds.longValue());
	}

	private static StandInCapability capability(JsonNode claims, StandInKey key) {
		JsonNode claim = claims.get("x-ably-capability");
		if (claim == null) {
			return key.capability();
		}
		String text = text(claim);
		if (text == null || text.isEmpty()) {
			throw new Refused(40144, 400, "Invalid JWT: x-ably-capability must be a string of JSON");
		}
		return StandInCapability.parse(text).within(key.capability());
	}

	private static @Nullable String revocationKey(@Nullable JsonNode claim) {
		if (claim == null) {
			return null;
		}
		if (!claim.isString() || claim.stringValue().isEmpty()) {
			throw JwtParts.malformed("x-ably-revocation-key must be a string that is not empty");
		}
		return claim.stringValue();
	}

	private static @Nullable String clientId(@Nullable JsonNode claim) {
		if (claim == null || claim.isNull()) {
			return null;
		}
		String clientId = text(claim);
		if (clientId == null || clientId.isEmpty()) {
			throw new Refused(40012, 400, "Invalid clientId");
		}
		return clientId;
	}

	private static @Nullable String text(@Nullable JsonNode node) {
		return (node != null && node.isString()) ? node.stringValue() : null;
	}

}
