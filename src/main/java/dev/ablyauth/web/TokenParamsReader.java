package dev.ablyauth.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.policy.WishReader;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the TokenParams of a request, from query, form or JSON body. They are wishes of
 * the client. Unknown parameters are ignored, because SDKs add their own.
 */
final class TokenParamsReader {

	private static final List<String> PARAMS = List.of(WishReader.CLIENT_ID, WishReader.TTL, WishReader.CAPABILITY,
			WishReader.KEY_NAME, "timestamp");

	private final WishReader wishes;

	private final JsonBodies bodies;

	TokenParamsReader(WishReader wishes, JsonBodies bodies) {
		this.wishes = wishes;
		this.bodies = bodies;
	}

	/**
	 * Reads the wish.
	 * @throws Refused if a parameter cannot be read; the message names it
	 */
	Wish read(HttpServletRequest request) {
		Map<String, Object> params = new HashMap<>(this.bodies.read(request));
		if (params.get(WishReader.TTL) instanceof String) {
			throw refused(WishReader.TTL, "must be a number in JSON");
		}
		for (String name : PARAMS) {
			String[] values = request.getParameterValues(name);
			if (values != null && (values.length > 1 || params.containsKey(name))) {
				throw refused(name, "there are two values, one is expected");
			}
			if (values != null) {
				params.put(name, values[0]);
			}
		}
		return this.wishes.read(params);
	}

	private static Refused refused(String name, @Nullable String message) {
		return new Refused(Reason.INVALID_PARAMETER, name + ": " + message + ".");
	}

}
