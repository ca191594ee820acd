package dev.ablyauth.ably;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Signs TokenRequests. Pure: the same input gives the same bytes. Spec: RSA9g; Ably docs,
 * api/token-request-spec.
 */
public final class TokenRequestSigner {

	/**
	 * Signs.
	 * @param key signs, and is named in {@code keyName}
	 * @param params what is asked of Ably
	 * @return the TokenRequest
	 */
	public TokenRequest sign(ApiKey key, TokenParams params) {
		String keyName = key.name().value();
		long ttl = params.ttl().toMillis();
		String capability = params.capability().text();
		String clientId = params.clientId().value();
		long timestamp = params.timestamp().toEpochMilli();
		String nonce = params.nonce().value();
		String mac = mac(key.secret(), signedText(keyName, ttl, capability, clientId, timestamp, nonce));
		return new TokenRequest(keyName, ttl, capability, clientId, timestamp, nonce, mac);
	}

	/**
	 * Returns the text that is signed: six lines, each ended by a newline; what is absent
	 * is an empty line, and so is a ttl of 0.
	 */
	static String signedText(String keyName, @Nullable Long ttl, @Nullable String capability, @Nullable String clientId,
			long timestamp, String nonce) {
		return line(keyName) + line(Long.valueOf(0).equals(ttl) ? null : ttl) + line(capability) + line(clientId)
				+ line(timestamp) + line(nonce);
	}

	private static String line(@Nullable Object value) {
		return (value != null) ? value + "\n" : "\n";
	}

	static String mac(KeySecret secret, String signedText) {
		return Base64.getEncoder().encodeToString(secret.hmacSha256(signedText.getBytes(StandardCharsets.UTF_8)));
	}

}
