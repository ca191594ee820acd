package dev.ablyauth.ably;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signs Ably JWTs: header {@code typ}, {@code kid}, {@code alg} HS256, and the claims.
 * Pure: the same input gives the same bytes. Ably's older keys have secrets under 256
 * bits, which libraries for JWTs refuse. Source: Ably docs, auth/token/jwt.
 */
public final class AblyJwtSigner {

	private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

	/**
	 * Signs.
	 * @param key signs, and is named in {@code kid}
	 * @param claims what the token says
	 * @return the token
	 */
	public AblyJwt sign(ApiKey key, AblyJwtClaims claims) {
		Map<String, Object> wire = new LinkedHashMap<>();
		wire.put("iat", claims.issuedAt().getEpochSecond());
		wire.put("exp", claims.expires().getEpochSecond());
		wire.put("jti", claims.id().value());
		wire.put("x-ably-capability", claims.capability().text());
		wire.put("x-ably-clientId", claims.clientId().value());
		wire.putAll(claims.features().claims());
		Map<String, String> header = new LinkedHashMap<>();
		header.put("typ", "JWT");
		header.put("alg", "HS256");
		header.put("kid", key.name().value());
		return new AblyJwt(sign(key.secret(), header, wire));
	}

	/** RFC 7515 5.1 and 7.1: what is signed is what is sent. */
	static String sign(KeySecret secret, Map<String, ?> header, Map<String, ?> claims) {
		String signed = part(header) + "." + part(claims);
		return signed + "." + BASE64URL.encodeToString(secret.hmacSha256(signed.getBytes(StandardCharsets.US_ASCII)));
	}

	private static String part(Map<String, ?> members) {
		return BASE64URL.encodeToString(Text.json(members).getBytes(StandardCharsets.UTF_8));
	}

}
