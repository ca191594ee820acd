package dev.ablyauth.standin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one API key that the stand-in knows.
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

	/** Refuses a key name of another app with status 404, of this app with 401. */
	void requireNamed(String keyName) {
		if (keyName.equals(this.name)) {
			return;
		}
		boolean sameApp = appId(keyName).equals(appId(this.name));
		throw sameApp ? new Refused(40400, 401, "No such key in this app") : new Refused(40400, 404, "No such app");
	}

	private static String appId(String keyName) {
		return keyName.split("\\.", 2)[0];
	}

	@Override
	public String toString() {
		return "StandInKey[" + this.name + "]";
	}

}
