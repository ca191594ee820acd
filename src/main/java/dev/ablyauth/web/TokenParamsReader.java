package dev.ablyauth.web;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.Wish;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the TokenParams of a request, from query, form or JSON body. They are wishes of
 * the client. Unknown parameters are ignored, because SDKs add their own.
 */
final class TokenParamsReader {

	private static final String CLIENT_ID = "clientId";

	private static final String TTL = "ttl";

	private static final String CAPABILITY = "capability";

	private static final int MAX_TTL_LENGTH = 20;

	private static final int MILLIS = 3;

	/** Longer than any token lives; what is longer is the same wish. */
	private static final BigDecimal MAX_TTL = BigDecimal.valueOf(Duration.ofDays(3650).toMillis());

	private final CapabilityJson capabilities;

	private final JsonBodies bodies;

	TokenParamsReader(CapabilityJson capabilities, JsonBodies bodies) {
		this.capabilities = capabilities;
		this.bodies = bodies;
	}

	/**
	 * Reads the wish.
	 * @throws Refused if a parameter cannot be read; the message names it
	 */
	Wish read(HttpServletRequest request) {
		Map<String, Object> params = new HashMap<>(this.bodies.read(request));
		if (params.get(TTL) instanceof String) {
			throw refused(TTL, "must be a number in JSON");
		}
		for (String name : new String[] { CLIENT_ID, TTL, CAPABILITY, "timestamp" }) {
			String[] values = request.getParameterValues(name);
			if (values != null && (values.length > 1 || params.containsKey(name))) {
				throw refused(name, "there are two values, one is expected");
			}
			if (values != null) {
				params.put(name, values[0]);
			}
		}
		return new Wish(read(params, CLIENT_ID, TokenParamsReader::clientId), read(params, TTL, TokenParamsReader::ttl),
				read(params, CAPABILITY, (value) -> this.capabilities.read(text(value))));
	}

	private static <T> @Nullable T read(Map<String, Object> params, String name, Function<Object, T> reader) {
		Object value = params.get(name);
		if (value == null) {
			return null;
		}
		try {
			return reader.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw refused(name, ex.getMessage());
		}
	}

	private static ClientId clientId(Object value) {
		return text(value).equals("*") ? ClientId.wildcard() : ClientId.of(text(value));
	}

	private static String text(Object value) {
		if (value instanceof String text) {
			return text;
		}
		throw new IllegalArgumentException("must be text");
	}

	/**
	 * Reads a ttl: milliseconds; as text, a decimal fraction is seconds, which is how
	 * ably-cocoa sends it.
	 */
	private static Duration ttl(Object value) {
		if (value instanceof Long millis) {
			return positive(BigDecimal.valueOf(millis));
		}
		if (value instanceof String text && text.length() <= MAX_TTL_LENGTH && text.matches("[0-9]+(\\.[0-9]+)?")) {
			BigDecimal number = new BigDecimal(text);
			return positive((text.indexOf('.') >= 0) ? number.movePointRight(MILLIS) : number);
		}
		throw new IllegalArgumentException("must be a whole number of milliseconds");
	}

	private static Duration positive(BigDecimal millis) {
		if (millis.signum() <= 0) {
			throw new IllegalArgumentException("must be more than 0");
		}
		return Duration.ofMillis(millis.min(MAX_TTL).longValue());
	}

	private static Refused refused(String name, @Nullable String message) {
		return new Refused(Reason.INVALID_PARAMETER, name + ": " + message + ".");
	}

}
