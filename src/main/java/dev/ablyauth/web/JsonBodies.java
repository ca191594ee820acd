package dev.ablyauth.web;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.session.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON body of a POST, strictly and with limits: 16 KiB, valid UTF-8, no
 * duplicate names.
 */
final class JsonBodies {

	private static final int MAX_BYTES = 16 * 1024;

	private static final StrictJson JSON = new StrictJson(16);

	/** The members that are text or whole numbers; nothing if the request has no body. */
	Map<String, Object> read(HttpServletRequest request) {
		if (isForm(request)) {
			return Map.of();
		}
		byte[] body = bytes(request);
		if (body.length > MAX_BYTES) {
			throw new Refused(Reason.BODY_TOO_LARGE, "The body has more than " + MAX_BYTES + " bytes.");
		}
		if (body.length == 0) {
			return Map.of();
		}
		if (!isJson(request)) {
			throw new Refused(Reason.INVALID_REQUEST,
					"Content-Type: must be application/json or application/x-www-form-urlencoded.");
		}
		return members(parse(body));
	}

	private static byte[] bytes(HttpServletRequest request) {
		try {
			return request.getInputStream().readNBytes(MAX_BYTES + 1);
		}
		catch (IOException ex) {
			throw new Refused(Reason.INVALID_REQUEST, "The body ended early or came too slowly.");
		}
	}

	private static boolean isForm(HttpServletRequest request) {
		return hasType(request, MediaType.APPLICATION_FORM_URLENCODED) && "POST".equals(request.getMethod());
	}

	private static boolean isJson(HttpServletRequest request) {
		return hasType(request, MediaType.APPLICATION_JSON);
	}

	private static boolean hasType(HttpServletRequest request, MediaType expected) {
		try {
			return request.getContentType() != null
					&& expected.equalsTypeAndSubtype(MediaType.parseMediaType(request.getContentType()));
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private static JsonNode parse(byte[] body) {
		try {
			return JSON.read(body, JsonNode.class);
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Reason.INVALID_REQUEST, "The body " + ex.getMessage() + ".");
		}
	}

	private static Map<String, Object> members(JsonNode body) {
		if (!body.isObject()) {
			throw new Refused(Reason.INVALID_REQUEST, "The body must be a JSON object.");
		}
		Map<String, Object> members = new HashMap<>();
		body.forEachEntry((name, value) -> {
			if (value.isString()) {
				members.put(name, value.asString());
			}
			else if (!value.isNull()) {
				members.put(name,
						value.canConvertToLong() && value.isIntegralNumber() ? (Object) value.asLong() : value);
			}
		});
		return members;
	}

}
