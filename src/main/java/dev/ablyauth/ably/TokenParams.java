package dev.ablyauth.ably;

import java.time.Duration;
import java.time.Instant;

/**
 * What a TokenRequest asks of Ably. Spec: TK2. On the wire, ttl and timestamp are
 * milliseconds.
 *
 * @param ttl how long the token is to live
 * @param capability what it may do
 * @param clientId who it is for
 * @param timestamp when it was made, within two minutes of Ably's clock
 * @param nonce used once
 */
public record TokenParams(Duration ttl, Capability capability, ClientId clientId, Instant timestamp, Nonce nonce) {

	/**
	 * Refuses a life of no length: 0 would be left out of the signed text, and Ably would
	 * take its default.
	 */
	public TokenParams {
		if (ttl.toMillis() <= 0) {
			throw new IllegalArgumentException("a token must live for some time");
		}
	}

}
