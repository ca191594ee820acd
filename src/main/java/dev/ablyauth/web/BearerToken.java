package dev.ablyauth.web;

import java.util.Collections;
import java.util.List;
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
		List<String> values = values(request);
		if (values.size() > 1) {
			throw new Refused(Reason.INVALID_REQUEST, "Authorization: there are two values, one is expected.");
		}
		return values.stream()
			.filter((value) -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
			.map((value) -> value.substring(SCHEME.length()).strip())
			.filter((token) -> !token.isEmpty())
			.findFirst();
	}

	/** Tells whether there is one, or what may hide one. */
	static boolean isIn(HttpServletRequest request) {
		return values(request).size() > 1 || of(request).isPresent();
	}

	private static List<String> values(HttpServletRequest request) {
		return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
	}

}
