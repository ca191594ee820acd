package dev.ablyauth.web;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/**
 * Takes the bearer token from where it may be: the Authorization header. RFC 6750 2.1;
 * query and form are not looked at, as RFC 9700 4.3.2 asks.
 */
final class BearerToken {

	private static final String SCHEME = "bearer ";

	private BearerToken() {
	}

	/**
	 * Takes the token.
	 * @return the token; empty if there is no value, an empty one or another scheme
	 * @throws Refused if there are two values
	 */
	static Optional<String> of(HttpServletRequest request) {
		Enumeration<String> values = request.getHeaders(HttpHeaders.AUTHORIZATION);
		String value = values.hasMoreElements() ? values.nextElement() : "";
		if (values.hasMoreElements()) {
			throw new Refused(Reason.INVALID_REQUEST, "Authorization: there are two values, one is expected.");
		}
		boolean isBearer = value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
		String token = isBearer ? value.substring(SCHEME.length()).strip() : "";
		return token.isEmpty() ? Optional.empty() : Optional.of(token);
	}

	/** Tells whether there is one, or what may hide one. */
	static boolean isIn(HttpServletRequest request) {
		return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).size() > 1 || of(request).isPresent();
	}

}
