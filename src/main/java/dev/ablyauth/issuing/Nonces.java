package dev.ablyauth.issuing;

import java.util.Base64;
import java.util.random.RandomGenerator;

import dev.ablyauth.ably.Nonce;

/**
 * Makes texts of 128 random bits that are used once.
 */
final class Nonces {

	private static final int BYTES = 16;

	private final RandomGenerator random;

	/**
	 * Creates a source.
	 * @param random a cryptographic one outside of tests
	 */
	Nonces(RandomGenerator random) {
		this.random = random;
	}

	Nonce next() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return new Nonce(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

}
