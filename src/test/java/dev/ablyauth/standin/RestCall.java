package dev.ablyauth.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;

/**
 * A call of Ably's REST API.
 */
final class RestCall {

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

	/** The token, which SDKs send in Base64. Spec: RSA3b. */
	String token() {
		String authorization = this.request.getHeader("Authorization");
		if (authorization == null || !authorization.startsWith(BEARER)) {
			throw new Refused(40101, 401, "No token");
		}
		try {
			byte[] token = Base64.getDecoder().decode(authorization.substring(BEARER.length()));
			return new String(token, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(40005, 400, "The token is not Base64");
		}
	}

}
