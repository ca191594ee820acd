package dev.ablyauth.web;

import java.util.List;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the app's webhook says.
 *
 * @param sessionId {@code sid} or {@code jti} of the app's tokens
 * @param userId whose session it was, as this server knows the user, or null
 */
record EndedSession(String sessionId, @Nullable String userId) {

	private static final String TYPE = "session.ended";

	/**
	 * Reads {@code {"type":"session.ended","data":{"sessionId":"...","userId":"..."}}}.
	 * @throws Refused if it says something else
	 */
	static EndedSession read(byte[] bytes) {
		JsonNode body = JsonBodies.object(bytes);
		checkMembers("The body", body, "type", "timestamp", "data");
		if (!TYPE.equals(text(body, "type"))) {
			throw invalid("type: is not one that is answered here, expected " + TYPE + ".");
		}
		JsonNode data = body.path("data");
		if (!data.isObject()) {
			throw invalid("data: must be an object.");
		}
		checkMembers("data", data, "sessionId", "userId");
		return new EndedSession(text(data, "sessionId"), data.has("userId") ? text(data, "userId") : null);
	}

	private static void checkMembers(String what, JsonNode object, String... members) {
		List<String> expected = List.of(members);
		if (!expected.containsAll(object.propertyNames())) {
			throw invalid(what + " has a member that nobody reads, expected are " + String.join(", ", expected) + ".");
		}
	}

	private static String text(JsonNode object, String name) {
		if (!object.path(name).isString()) {
			throw invalid(name + ": must be a text.");
		}
		return object.path(name).asString();
	}

	private static Refused invalid(String message) {
		return new Refused(Reason.INVALID_REQUEST, message);
	}

}
