package dev.ablyauth.standin;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens issued for TokenRequests. Their text says nothing; what they allow is
 * remembered here.
 */
final class OpaqueTokens {

	private final Map<String, VerifiedToken> issued = new ConcurrentHashMap<>();

	private final SecureRandom random = new SecureRandom();

	private final Clock clock;

	OpaqueTokens(Clock clock) {
		this.clock = clock;
	}

	/** A new token text in the shape of Ably's: the app id, a dot, and noise. */
	String newText(String keyName) {
		byte[] noise = new byte[24];
		this.random.nextBytes(noise);
		String text = Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
		return keyName.split("\\.", 2)[0] + "." + text;
	}

	void remember(String text, VerifiedToken token) {
		this.issued.put(text, token);
	}

	VerifiedToken verify(String text) {
		VerifiedToken token = this.issued.get(text);
		if (token == null) {
			throw text.startsWith("eyJ") ? JwtParts.malformed("a JWT has three parts")
					: new Refused(40143, 401, "Token unrecognized");
		}
		if (!token.expires().isAfter(this.clock.instant())) {
			throw new Refused(40142, 401, "Token expired");
		}
		return token;
	}

}
