package dev.ablyauth.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Whether a message was signed by the app, and a moment ago. Standard Webhooks 1,
 * symmetric signatures: HMAC-SHA-256 of id, time and body with dots between.
 */
final class WebhookSignatures {

	private static final String HMAC = "HmacSHA256";

	private static final String VERSION = "v1,";

	private static final Duration TOLERANCE = Duration.ofMinutes(5);

	private static final Pattern ID = Pattern.compile("[!-~]{1,255}");

	private static final Pattern TIME = Pattern.compile("[0-9]{1,12}");

	private final List<SecretKey> secrets;

	private final Clock clock;

	/**
	 * Creates it.
	 * @param secrets any of them may have signed
	 */
	WebhookSignatures(List<byte[]> secrets, Clock clock) {
		this.secrets = secrets.stream().map((secret) -> (SecretKey) new SecretKeySpec(secret, HMAC)).toList();
		this.clock = clock;
	}

	/**
	 * Checks what can be checked without the body.
	 * @throws Refused if the message is not one of now
	 */
	void checkHeaders(String id, String timestamp) {
		if (!ID.matcher(id).matches()) {
			throw invalid("webhook-id: must be 1 to 255 visible ASCII characters.");
		}
		if (!TIME.matcher(timestamp).matches()) {
			throw invalid("webhook-timestamp: must be seconds since 1970.");
		}
		long age = this.clock.instant().getEpochSecond() - Long.parseLong(timestamp);
		if (Math.abs(age) > TOLERANCE.toSeconds()) {
			throw invalid("webhook-timestamp: is more than five minutes away from now.");
		}
	}

	/**
	 * Checks the signatures, of which one must be good. Takes the same time wherever the
	 * first difference is.
	 * @param signatures {@code v1,} and base64 each, with a space between; those of other
	 * versions are ignored
	 * @throws Refused if none is
	 */
	void check(String id, String timestamp, String signatures, byte[] body) {
		byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
		boolean isSigned = false;
		for (SecretKey secret : this.secrets) {
			byte[] expected = hmac(secret, head, body);
			for (String signature : signatures.split(" ", -1)) {
				isSigned |= MessageDigest.isEqual(expected, decode(signature));
			}
		}
		if (!isSigned) {
			throw invalid("webhook-signature: has no v1 signature by a secret of this webhook.");
		}
	}

	private static byte[] decode(String signature) {
		try {
			return signature.startsWith(VERSION) ? Base64.getDecoder().decode(signature.substring(VERSION.length()))
					: new byte[0];
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	private static byte[] hmac(SecretKey secret, byte[] head, byte[] body) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(secret);
			mac.update(head);
			return mac.doFinal(body);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is part of every JDK", ex);
		}
	}

	private static Refused invalid(String message) {
		return new Refused(Reason.INVALID_LOGOUT, message);
	}

}
