package dev.ablyauth.issuing;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenParams;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.ably.TokenRequestSigner;
import dev.ablyauth.policy.CapabilityJson;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TokenRequests as this server signs them, and what a test expects of a refusal.
 */
public final class TestRequests {

	/** Reads capabilities. */
	public static final CapabilityJson CAPABILITIES = new CapabilityJson(Operations.standard());

	private static final Nonces NONCES = new Nonces(new SecureRandom());

	private TestRequests() {
	}

	/**
	 * Signs a TokenRequest as of now.
	 * @return the TokenRequest
	 */
	public static TokenRequest signed() {
		return signed(TestKeys.KEY, "{\"talk:a\":[\"subscribe\"]}", Clock.systemUTC().instant());
	}

	/**
	 * Signs a TokenRequest.
	 * @param key the API key
	 * @param capability as JSON text
	 * @param now its time
	 * @return the TokenRequest
	 */
	public static TokenRequest signed(String key, String capability, Instant now) {
		return new TokenRequestSigner().sign(ApiKey.parse(key), new TokenParams(Duration.ofMinutes(30),
				capability(capability), ClientId.of("ann"), now, NONCES.next()));
	}

	/**
	 * Reads a capability.
	 * @param json the text
	 * @return the capability
	 */
	public static Capability capability(String json) {
		return CAPABILITIES.read(json);
	}

	/**
	 * Expects a refusal.
	 * @param call is refused
	 * @param reason why
	 * @param message a part of the message
	 */
	public static void assertRefused(ThrowingCallable call, Reason reason, String message) {
		assertThatExceptionOfType(Refused.class).isThrownBy(call)
			.withMessageContaining(message)
			.extracting(Refused::reason)
			.isEqualTo(reason);
	}

}
