package dev.ablyauth.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON body of a POST, strictly and with limits: 16 KiB, valid UTF-8, no
 * duplicate names.
 */
final class JsonBodies {

	static final int MAX_BYTES = 16 * 1024;

	private static final int MAX_DEPTH = 16;

	private static final int MAX_NUMBER_LENGTH = 20;

	private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER_LENGTH).build())
		.build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

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
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
			return JSON.readTree(text);
		}
		catch (CharacterCodingException | JacksonException ex) {
			throw new Refused(Reason.INVALID_REQUEST, "The body is not valid JSON.");
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
