package dev.ablyauth.ably;

import java.time.Instant;

/**
 * What an Ably JWT says. Everything is decided by the caller; there are no defaults. All
 * instants are whole seconds on the wire.
 *
 * @param issuedAt {@code iat}; must not be in Ably's future
 * @param expires {@code exp}
 * @param capability {@code x-ably-capability}
 * @param clientId {@code x-ably-clientId}
 * @param id {@code jti}
 * @param features what only a JWT can say
 */
public record AblyJwtClaims(Instant issuedAt, Instant expires, Capability capability, ClientId clientId, Nonce id,
		JwtFeatures features) {

	/**
	 * Refuses a life of no length.
	 */
	public AblyJwtClaims {
		if (!expires.isAfter(issuedAt)) {
			throw new IllegalArgumentException("a token must expire after it was issued");
		}
	}

}
