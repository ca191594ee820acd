package dev.ablyauth.ably;

import java.util.LinkedHashMap;
import java.util.Map;

import io.jsonwebtoken.Jwts;

/**
 * Signs Ably JWTs: header {@code typ}, {@code kid}, {@code alg} HS256, and the claims.
 * Pure: the same input gives the same bytes. Source: Ably docs, auth/token/jwt.
 */
public final class AblyJwtSigner {

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
		header.put("kid", key.name().value());
		return new AblyJwt(sign(key.secret(), header, wire));
	}

	static String sign(KeySecret secret, Map<String, ?> header, Map<String, ?> claims) {
		return Jwts.builder()
			.header()
			.add(header)
			.and()
			.claims(claims)
			.signWith(secret.key(), new Hs256(secret))
			.compact();
	}

}
