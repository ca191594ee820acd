package dev.ablyauth.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON object in the body of an admin call, as strictly as those of users, and
 * stricter: no number and no text that could not be written down again.
 */
final class AdminBodies {

	private static final int MAX_BYTES = 64 * 1024;

	/** 1,000 targets of 512 characters, each written as an escape of six. */
	private static final int MAX_TARGETS_BYTES = 3 * 1024 * 1024;

	/** A policy file of 1 MiB, and what JSON adds to it. */
	private static final int MAX_POLICY_BYTES = 1536 * 1024;

	/** Reads the body of most calls, at most 64 KiB, with no other members than these. */
	JsonNode read(HttpServletRequest request, String... members) {
		return known(read(request, MAX_BYTES), members);
	}

	/** Reads a body that may name many targets, at most 3 MiB. */
	JsonNode readTargets(HttpServletRequest request, String... members) {
		return known(read(request, MAX_TARGETS_BYTES), members);
	}

	/** A misspelt member would be a wish that nobody reads. */
	private static JsonNode known(JsonNode body, String... members) {
		List<String> expected = List.of(members);
		if (!expected.containsAll(body.propertyNames())) {
			throw invalid("The body has a member that nobody reads, expected are " + String.join(", ", expected) + ".");
		}
		return body;
	}

	/** Reads a body that has a policy in it, at most 1.5 MiB. */
	JsonNode readPolicy(HttpServletRequest request, String... members) {
		return known(read(request, MAX_POLICY_BYTES), members);
	}

	/** Reads a policy as it is, at most 1.5 MiB of UTF-8. */
	String readText(HttpServletRequest request) {
		byte[] bytes = JsonBodies.bytes(request, MAX_POLICY_BYTES);
		if (bytes.length == 0) {
			throw invalid("The body is missing, expected a policy file, or a JSON object with \"policy\".");
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw invalid("The body is not UTF-8.");
		}
	}

	private static JsonNode read(HttpServletRequest request, int maxBytes) {
		byte[] bytes = JsonBodies.bytes(request, maxBytes);
		if (bytes.length == 0) {
			throw invalid("The body is missing, expected a JSON object.");
		}
		if (!JsonBodies.isJson(request)) {
			throw invalid("Content-Type: must be application/json.");
		}
		JsonNode body = JsonBodies.object(bytes);
		check(body, StandardCharsets.UTF_8.newEncoder());
		return body;
	}

	private static void check(JsonNode node, CharsetEncoder utf8) {
		if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
			throw invalid("The body has a number that is too large.");
		}
		if ((node.isString() && !utf8.canEncode(node.asString()))
				|| !node.propertyNames().stream().allMatch(utf8::canEncode)) {
			throw invalid("The body has half of a surrogate pair.");
		}
		node.values().forEach((value) -> check(value, utf8));
	}

	private static Refused invalid(String message) {
		return new Refused(Reason.INVALID_REQUEST, message);
	}

}
