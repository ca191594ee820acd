package dev.ablyauth.rest;

import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ErrorInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What it means for somebody who waits for a token that Ably did not give what it was
 * asked for. Nothing that Ably answers is logged but its codes.
 */
final class TokenRefusals {

	private static final Logger LOGGER = LoggerFactory.getLogger(TokenRefusals.class);

	private static final int CAPABILITY_DENIED = 40160;

	/**
	 * The secret is another; the key cannot be used, is revoked, has ended; there is no
	 * such key. That there is no such app is a 404, as is what any proxy says.
	 */
	private static final Set<Integer> KEY_REFUSED = Set.of(40101, 40130, 40131, 40132, 40400);

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int UNAUTHORIZED = 401;

	private static final int SERVER_ERROR = 500;

	private TokenRefusals() {
	}

	static Refused of(Throwable failure, String keyName) {
		if (failure instanceof RejectedExecutionException) {
			return unavailable("Too many tokens are being asked of Ably at this moment.");
		}
		if (failure instanceof TimeoutException) {
			return unavailable("Ably did not answer in time.");
		}
		if (failure instanceof InterruptedException) {
			return unavailable("Ably was not waited for.");
		}
		return (failure instanceof AblyException ably) ? of(ably.errorInfo, keyName) : unusable();
	}

	private static Refused of(ErrorInfo error, String keyName) {
		if (error.code == CAPABILITY_DENIED) {
			return new Refused(Reason.KEY_ALLOWS_NOTHING,
					"The API key of this server allows nothing of what the policy gives.");
		}
		if (error.statusCode >= SERVER_ERROR || error.statusCode == TOO_MANY_REQUESTS) {
			return unusable();
		}
		LOGGER.error("Ably refuses a TokenRequest of the key {} with status {} and code {}", keyName, error.statusCode,
				error.code);
		return unavailable("Ably does not accept the TokenRequests of this server.");
	}

	/** Tells whether Ably says that a key is none, or that its secret is another. */
	static boolean isOfKey(Throwable failure) {
		return failure instanceof AblyException ably && ably.errorInfo.statusCode == UNAUTHORIZED
				&& KEY_REFUSED.contains(ably.errorInfo.code);
	}

	/** Says that there is no answer, or one that makes no sense. */
	static Refused unusable() {
		return unavailable("Ably cannot be reached, or does not give an answer that can be used.");
	}

	private static Refused unavailable(String message) {
		return new Refused(Reason.UNAVAILABLE, message);
	}

}
