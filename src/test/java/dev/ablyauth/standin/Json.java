package dev.ablyauth.standin;

import java.util.function.Supplier;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strict JSON: no duplicate members and nothing behind the value.
 */
final class Json {

	static final ObjectMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/** Reads an object, or throws what the caller wants thrown. */
	static JsonNode readObject(String text, Supplier<Refused> otherwise) {
		try {
			JsonNode node = MAPPER.readTree(text);
			if (node != null && node.isObject()) {
				return node;
			}
		}
		catch (JacksonException ex) {
			// falls through to the refusal
		}
		throw otherwise.get();
	}

	static ObjectNode error(Refusal refusal) {
		return object().put("code", refusal.code())
			.put("statusCode", refusal.statusCode())
			.put("message", refusal.message())
			.put("href", "https://help.ably.io/error/" + refusal.code());
	}

}
