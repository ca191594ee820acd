package dev.ablyauth.web;

import java.io.IOException;
import java.io.PushbackInputStream;
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

	private static final byte[] NO_BYTES = {};

	private static final StrictJson JSON = new StrictJson(16);

	/** The members that are text or whole numbers; nothing if the request has no body. */
	Map<String, Object> read(HttpServletRequest request) {
		if (isForm(request)) {
			return Map.of();
		}
		byte[] body = bytes(request, MAX_BYTES);
		if (body.length == 0) {
			return Map.of();
		}
		if (!isJson(request)) {
			throw new Refused(Reason.INVALID_REQUEST,
					"Content-Type: must be application/json or application/x-www-form-urlencoded.");
		}
		return members(object(body));
	}

	/** The bytes of a body; no more of them are read than are allowed. */
	static byte[] bytes(HttpServletRequest request, int maxBytes) {
		try {
			PushbackInputStream in = new PushbackInputStream(request.getInputStream());
			int first = in.read();
			if (first < 0) {
				// Of most, for whom reading on would take a buffer.
				return NO_BYTES;
			}
			in.unread(first);
			byte[] body = in.readNBytes(maxBytes + 1);
			if (body.length > maxBytes) {
				throw new Refused(Reason.BODY_TOO_LARGE, "The body has more than " + maxBytes + " bytes.");
			}
			return body;
		}
		catch (IOException ex) {
			throw new Refused(Reason.INVALID_REQUEST, "The body ended early or came too slowly.");
		}
	}

	static boolean isForm(HttpServletRequest request) {
		return hasType(request, MediaType.APPLICATION_FORM_URLENCODED) && "POST".equals(request.getMethod());
	}

	static boolean isJson(HttpServletRequest request) {
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

	/** The JSON object that these bytes are. */
	static JsonNode object(byte[] bytes) {
		try {
			JsonNode body = JSON.read(bytes, JsonNode.class);
			if (!body.isObject()) {
				throw new Refused(Reason.INVALID_REQUEST, "The body must be a JSON object.");
			}
			return body;
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Reason.INVALID_REQUEST, "The body " + ex.getMessage() + ".");
		}
	}

	private static Map<String, Object> members(JsonNode body) {
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
