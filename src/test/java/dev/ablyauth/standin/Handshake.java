package dev.ablyauth.standin;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The query of a connection attempt.
 *
 * @param query the parameters by name
 */
record Handshake(Map<String, List<String>> query) {

	String token() {
		if (first("key") != null) {
			throw new Refused(40103, 401, "Basic authentication needs TLS");
		}
		String js = first("access_token");
		String token = (js != null) ? js : first("accessToken");
		if (token == null) {
			throw new Refused(40101, 401, "No credentials");
		}
		if (!"json".equals(first("format"))) {
			throw new Refused(40000, 400, "The stand-in speaks JSON only");
		}
		return token;
	}

	boolean echoes() {
		return !"false".equals(first("echo"));
	}

	/**
	 * The identity of the connection: the token's, or one a wildcard token may assume.
	 */
	@Nullable String identity(@Nullable String ofToken) {
		String wished = first("clientId");
		if (wished == null || Objects.equals(wished, ofToken)) {
			return ofToken;
		}
		if ("*".equals(ofToken)) {
			return wished;
		}
		throw new Refused(40102, 401, "The clientId is not the one of the token");
	}

	private @Nullable String first(String name) {
		List<String> values = this.query.getOrDefault(name, List.of());
		return values.isEmpty() ? null : values.get(0);
	}

}
