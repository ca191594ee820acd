package dev.ablyauth.revocation;

import java.util.regex.Pattern;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * What makes a call that is sent again the same call. Each author has keys of its own.
 *
 * @param key 1 to 255 visible ASCII characters that the caller made up
 * @param body a hash of what was asked for
 */
public record Once(String key, String body) {

	private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

	/**
	 * Refuses what is no key.
	 * @throws IllegalArgumentException if it is that
	 */
	public Once {
		if (!KEY.matcher(key).matches()) {
			throw new IllegalArgumentException("must be 1 to 255 visible ASCII characters");
		}
	}

	static Refused anotherBody() {
		return new Refused(Reason.KEY_REUSED, "The Idempotency-Key was used before, for another body.");
	}

}
