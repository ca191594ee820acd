package dev.ablyauth.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;

/**
 * A call of Ably's REST API.
 */
final class RestCall {

	private static final String BASIC = "Basic ";

	private static final String BEARER = "Bearer ";

	private final HttpServletRequest request;

	private final String body;

	RestCall(HttpServletRequest request) throws IOException {
		this.request = request;
		this.body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	String method() {
		return this.request.getMethod().toUpperCase(Locale.ROOT);
	}

	/** The decoded path. */
	String path() {
		return this.request.getServletPath();
	}

	String body() {
		return this.body;
	}

	JsonNode json() {
		return Json.readObject(this.body, () -> new Refused(40001, 400, "The body is not a JSON object"));
	}

	String param(String name, String otherwise) {
		String value = this.request.getParameter(name);
		return (value != null) ? value : otherwise;
	}

	/** Whether the body says that it is JSON. */
	boolean isJson() {
		String type = this.request.getContentType();
		return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
	}

	/** The protocol version of the client; 1 where it names none. */
	int version() {
		List<String> versions = Collections.list(this.request.getHeaders("X-Ably-Version"));
		if (versions.size() > 1 || !versions.stream().allMatch((version) -> version.matches("[0-9]{1,3}"))) {
			throw new Refused(40004, 400, "X-Ably-Version must be one number");
		}
		return versions.isEmpty() ? 1 : Integer.parseInt(versions.get(0));
	}

	/** Key name and secret, joined by a colon. Spec: RSA11. */
	String basic() {
		String authorization = this.request.getHeader("Authorization");
		if (authorization == null) {
			throw new Refused(40101, 401, "No credentials");
		}
		if (!authorization.startsWith(BASIC)) {
			throw new Refused(40162, 401, "This operation needs basic authentication");
		}
		return decoded(authorization.substring(BASIC.length()), "The credentials are not Base64");
	}

	/** The token, which SDKs send in Base64. Spec: RSA3b. */
	String token() {
		String authorization = this.request.getHeader("Authorization");
		if (authorization == null || !authorization.startsWith(BEARER)) {
			throw new Refused(40101, 401, "No token");
		}
		return decoded(authorization.substring(BEARER.length()), "The token is not Base64");
	}

	private static String decoded(String base64, String otherwise) {
		try {
			return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(40005, 400, otherwise);
		}
	}

}
