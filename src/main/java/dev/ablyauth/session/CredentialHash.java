package dev.ablyauth.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a credential, which stands for it in caches, so that whoever sees the
 * memory of one has no credential.
 */
final class CredentialHash {

	private final byte[] hash;

	private CredentialHash(byte[] hash) {
		this.hash = hash;
	}

	/**
	 * Hashes a credential of several parts, each with its length, so that no two
	 * credentials are the same text.
	 */
	static CredentialHash of(String... parts) {
		MessageDigest digest = sha256();
		for (String part : parts) {
			byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
			digest.update(bytes);
		}
		return new CredentialHash(digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof CredentialHash that && Arrays.equals(this.hash, that.hash);
	}

	@Override
	public int hashCode() {
		return ByteBuffer.wrap(this.hash).getInt();
	}

	@Override
	public String toString() {
		return "CredentialHash(not shown)";
	}

}
