package dev.ablyauth.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the admin door says no. RFC 9457.
 *
 * @param status the HTTP status
 * @param reason the name for programs and audit lines
 * @param detail one sentence for a person; holds no token and no secret
 * @param headers what the answer needs beside the body
 * @param cause the refusal of a room, for the audit line, or null if it was none
 */
record Problem(int status, String reason, String detail, Map<String, String> headers, @Nullable Refused cause) {

	private static final String SAID = Problem.class.getName() + ".said";

	private static final String REALM = "Bearer realm=\"ably-auth\"";

	private static final String RETRY_AFTER = String.valueOf(RefusalWriter.RETRY_AFTER_SECONDS);

	private static final JsonMapper JSON = new JsonMapper();

	/** RFC 6750 3: no error code where no token came. */
	static Problem noToken() {
		return problem(HttpStatus.UNAUTHORIZED, "no-token", "No admin token came with the request.")
			.with(HttpHeaders.WWW_AUTHENTICATE, REALM);
	}

	static Problem invalidToken() {
		return problem(HttpStatus.UNAUTHORIZED, "invalid-token", "The admin token is not valid.")
			.with(HttpHeaders.WWW_AUTHENTICATE, REALM + ", error=\"invalid_token\"");
	}

	/** The name of a scope comes from the settings, which allow no quotes in it. */
	static Problem insufficientScope(String scope) {
		return problem(HttpStatus.FORBIDDEN, "insufficient-scope", "The admin token lacks the scope " + scope + ".")
			.with(HttpHeaders.WWW_AUTHENTICATE, REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
	}

	/** A credential that cannot be read as one. */
	static Problem invalidCredential(Refused refused) {
		return of(refused).with(HttpHeaders.WWW_AUTHENTICATE, REALM + ", error=\"invalid_request\"");
	}

	/**
	 * What a room refuses. Here a session is input and no credential, so a bad one is no
	 * 401.
	 */
	static Problem of(Refused refused) {
		if (refused.reason() == Reason.RATE_LIMITED) {
			// The SDKs, which a 429 would stop, do not come to this door.
			return of(HttpStatus.TOO_MANY_REQUESTS.value(), refused).with(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
		}
		int status = refused.reason().status();
		return of((status == HttpServletResponse.SC_UNAUTHORIZED) ? HttpServletResponse.SC_BAD_REQUEST : status,
				refused);
	}

	/** What Tomcat or Spring refuses. */
	static Problem of(int status) {
		Problem problem = of(status, ContainerRefusals.of(status));
		return (status == HttpServletResponse.SC_METHOD_NOT_ALLOWED) ? methodNotAllowed("DELETE, GET, POST") : problem;
	}

	static Problem methodNotAllowed(String allowed) {
		return problem(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "Only " + allowed + " is answered here.")
			.with(HttpHeaders.ALLOW, allowed);
	}

	private static Problem of(int status, Refused refused) {
		Problem problem = new Problem(status, refused.reason().label(), refused.getMessage(), Map.of(), refused);
		return (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE)
				? problem.with(HttpHeaders.RETRY_AFTER, RETRY_AFTER) : problem;
	}

	private static Problem problem(HttpStatus status, String reason, String detail) {
		return new Problem(status.value(), reason, detail, Map.of(), null);
	}

	private Problem with(String header, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(header, value);
		return new Problem(this.status, this.reason, this.detail, more, this.cause);
	}

	/** Says it, once. It stays with the request, for the audit line. */
	void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (response.isCommitted()) {
			return;
		}
		request.setAttribute(SAID, this);
		response.setStatus(this.status);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader(HttpHeaders.PRAGMA, "no-cache");
		response.setHeader("X-Content-Type-Options", "nosniff");
		this.headers.forEach(response::setHeader);
		byte[] body = JSON.writeValueAsString(members()).getBytes(StandardCharsets.UTF_8);
		response.setContentType("application/problem+json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	/** RFC 9457 4.2.1: with {@code about:blank}, the title is the one of the status. */
	private Map<String, Object> members() {
		Map<String, Object> members = new LinkedHashMap<>();
		HttpStatus known = HttpStatus.resolve(this.status);
		members.put("type", "about:blank");
		members.put("title", (known != null) ? known.getReasonPhrase() : "HTTP " + this.status);
		members.put("status", this.status);
		members.put("detail", this.detail);
		members.put("reason", this.reason);
		return members;
	}

	/** How a request was refused, or null if it was not. */
	static @Nullable Problem said(HttpServletRequest request, int status) {
		if (status < HttpServletResponse.SC_BAD_REQUEST) {
			return null;
		}
		return (request.getAttribute(SAID) instanceof Problem problem) ? problem : of(status);
	}

}
