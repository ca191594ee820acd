package dev.ablyauth.ably;

/**
 * A signed TokenRequest, which the client redeems at Ably. Spec: TE2 to TE6. The
 * components have the names and types of the wire. It is a credential: it cannot be
 * printed by accident.
 *
 * @param keyName the key that signed
 * @param ttl milliseconds
 * @param capability the text that was signed
 * @param clientId who it is for
 * @param timestamp milliseconds since the epoch
 * @param nonce used once
 * @param mac padded standard Base64
 */
public record TokenRequest(String keyName, long ttl, String capability, String clientId, long timestamp, String nonce,
		String mac) implements Credential {

	@Override
	public String toString() {
		return "TokenRequest(not shown)";
	}

}
