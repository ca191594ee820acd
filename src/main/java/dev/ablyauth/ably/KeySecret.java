package dev.ablyauth.ably;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The private part of an API key. Its UTF-8 bytes are the HMAC key; they are never
 * Base64-decoded. It has no accessor and cannot be printed; only the signers of this room
 * can sign with it. Others can only ask whether it has signed something.
 */
public final class KeySecret {

	private static final String HMAC = "HmacSHA256";

	private static final int HS256_BITS = 256;

	private final SecretKey key;

	KeySecret(String secret) {
		this(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
	}

	KeySecret(SecretKey key) {
		this.key = key;
	}

	/**
	 * Tells whether the secret is shorter than RFC 7518 3.2 asks of HS256. Ably's older
	 * keys have 16 characters and are still in use, so this earns a warning, not a
	 * refusal.
	 * @return whether the secret has fewer than 256 bits
	 */
	public boolean isShort() {
		return this.key.getEncoded().length * Byte.SIZE < HS256_BITS;
	}

	/**
	 * Tells whether this secret has signed a message. Takes the same time wherever the
	 * first difference is.
	 * @param message what was signed
	 * @param hmac the HMAC-SHA-256 that came with it
	 * @return whether it is the one of this secret
	 */
	public boolean hasSigned(byte[] message, byte[] hmac) {
		return MessageDigest.isEqual(hmacSha256(message), hmac);
	}

	byte[] hmacSha256(byte[] message) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is part of every JDK", ex);
		}
	}

	@Override
	public String toString() {
		return "KeySecret(not shown)";
	}

}
