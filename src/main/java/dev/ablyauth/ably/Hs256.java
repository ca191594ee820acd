package dev.ablyauth.ably;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;

import javax.crypto.SecretKey;

import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.SecureRequest;
import io.jsonwebtoken.security.VerifySecureDigestRequest;

/**
 * HS256 for jjwt with a secret of any length. jjwt's own refuses secrets under 256 bits,
 * and Ably's older keys have 16 characters.
 */
final class Hs256 implements SecureDigestAlgorithm<SecretKey, SecretKey> {

	private final KeySecret secret;

	Hs256(KeySecret secret) {
		this.secret = secret;
	}

	@Override
	public String getId() {
		return "HS256";
	}

	@Override
	public byte[] digest(SecureRequest<InputStream, SecretKey> request) {
		try {
			return this.secret.hmacSha256(request.getPayload().readAllBytes());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Reading from memory failed", ex);
		}
	}

	@Override
	public boolean verify(VerifySecureDigestRequest<SecretKey> request) {
		return MessageDigest.isEqual(digest(request), request.getDigest());
	}

}
