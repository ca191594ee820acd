package dev.ablyauth.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says no in the words of Ably's ErrorInfo. The SDKs read the body only as
 * {@code application/json} without charset, and status line, body and headers must agree.
 * Spec: TI1 to TI5.
 */
final class RefusalWriter {

	/** What most doors answer to. */
	static final String METHODS = "GET, POST";

	/** When a client may ask again. */
	static final int RETRY_AFTER_SECONDS = 5;

	/** By its code an answer is known as one of these. */
	static final String ERROR_CODE = "X-Ably-ErrorCode";

	private static final int SERVICE_UNAVAILABLE = 503;

	/** The body has all of a message; the headers of an answer have little room. */
	private static final int MAX_HEADER = 500;

	private static final JsonMapper JSON = new JsonMapper();

	private RefusalWriter() {
	}

	static void write(HttpServletResponse response, Refused refused) throws IOException {
		Reason reason = refused.reason();
		response.setStatus(reason.status());
		response.setHeader("Cache-Control", "no-store");
		response.setHeader("Pragma", "no-cache");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader(ERROR_CODE, String.valueOf(reason.code()));
		response.setHeader("X-Ably-ErrorMessage", ascii(refused.getMessage()));
		if (reason.status() == SERVICE_UNAVAILABLE) {
			response.setHeader("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
		}
		if (reason == Reason.METHOD_NOT_ALLOWED && !response.containsHeader(HttpHeaders.ALLOW)) {
			response.setHeader(HttpHeaders.ALLOW, METHODS);
		}
		byte[] body = body(reason, refused.getMessage());
		response.setContentType("application/json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	private static byte[] body(Reason reason, String message) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", reason.code());
		error.put("statusCode", reason.status());
		error.put("message", message);
		error.put("href", "https://help.ably.io/error/" + reason.code());
		return JSON.writeValueAsString(Map.of("error", error)).getBytes(StandardCharsets.UTF_8);
	}

	private static String ascii(String message) {
		StringBuilder ascii = new StringBuilder(Math.min(message.length(), MAX_HEADER));
		message.chars().limit(MAX_HEADER).forEach((c) -> ascii.append((c >= ' ' && c < 0x7f) ? (char) c : '?'));
		return ascii.toString();
	}

}
