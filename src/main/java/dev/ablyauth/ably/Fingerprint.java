package dev.ablyauth.ably;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a text in audit lines and metrics without showing it.
 */
public final class Fingerprint {

	private static final int BYTES = 8;

	private Fingerprint() {
	}

	/**
	 * Returns the beginning of the SHA-256 of a text.
	 * @param text any text
	 * @return 16 hexadecimal digits
	 */
	public static String of(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every JDK", ex);
		}
	}

}
