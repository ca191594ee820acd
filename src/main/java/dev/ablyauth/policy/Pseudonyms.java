package dev.ablyauth.policy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that stand for a person and do not say who it is: a keyed hash, so that whoever
 * does not have the secret can neither undo it nor try out all e-mail addresses. One
 * value has one pseudonym for as long as the secret stays.
 */
final class Pseudonyms {

	/** Of the tests in a policy file, which are to give the same result everywhere. */
	static final Pseudonyms OF_TESTS = new Pseudonyms(new byte[32]);

	private static final String ALGORITHM = "HmacSHA256";

	private static final int BYTES = 16;

	private static final int LEAST_SECRET = 32;

	private final SecretKeySpec secret;

	private Pseudonyms(byte[] secret) {
		this.secret = new SecretKeySpec(secret, ALGORITHM);
	}

	/**
	 * Makes pseudonyms by a secret.
	 * @param secret 32 bytes or more, as text
	 * @return the pseudonyms
	 * @throws IllegalArgumentException if the secret is too short
	 */
	static Pseudonyms by(String secret) {
		byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
		if (bytes.length < LEAST_SECRET) {
			throw new IllegalArgumentException("must have at least " + LEAST_SECRET + " bytes");
		}
		return new Pseudonyms(bytes);
	}

	/** 128 bits of the HMAC-SHA-256 of the value, as base64url. */
	String of(String value) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.secret);
			byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", ex);
		}
	}

	@Override
	public String toString() {
		return "Pseudonyms(not shown)";
	}

}
