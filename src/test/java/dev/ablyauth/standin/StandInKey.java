package dev.ablyauth.standin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An API key that the stand-in knows.
 *
 * @param name the key name, {@code appId.keyId}
 * @param secret the key secret, used as its UTF-8 bytes
 * @param capability what the key may do
 * @param revocable whether its tokens are revocable, which limits their life to one hour
 */
record StandInKey(String name, String secret, StandInCapability capability, boolean revocable) {

	byte[] hmac(String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(this.secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Duration longestLife() {
		return this.revocable ? Duration.ofHours(1) : Duration.ofHours(24);
	}

	@Override
	public String toString() {
		return "StandInKey[" + this.name + "]";
	}

}
