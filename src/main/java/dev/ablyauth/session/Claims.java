package dev.ablyauth.session;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a JSON object as claims, strictly: valid UTF-8, no duplicate names, at most ten
 * levels, nothing after the end. Numbers become longs or doubles, and null becomes an
 * absent claim.
 */
final class Claims {

	private static final int MAX_DEPTH = 10;

	private static final int MAX_NUMBER_LENGTH = 20;

	private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER_LENGTH).build())
		.build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

	private Claims() {
	}

	/**
	 * Reads claims.
	 * @throws IllegalArgumentException if it is not such an object
	 */
	static Map<String, Object> read(byte[] utf8) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
			if (JSON.readValue(text, Object.class) instanceof Map<?, ?> object) {
				return plain(object);
			}
			throw new IllegalArgumentException("not a JSON object");
		}
		catch (CharacterCodingException | JacksonException ex) {
			throw new IllegalArgumentException("not JSON", ex);
		}
	}

	private static Map<String, Object> plain(Map<?, ?> object) {
		Map<String, Object> claims = new LinkedHashMap<>();
		object.forEach((name, value) -> {
			Object plain = plain(value);
			if (plain != null) {
				claims.put((String) name, plain);
			}
		});
		return Collections.unmodifiableMap(claims);
	}

	private static @Nullable Object plain(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			return plain(object);
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> items = new ArrayList<>();
			list.forEach((item) -> items.add(plain(item)));
			return Collections.unmodifiableList(items);
		}
		if (value instanceof Integer number) {
			return number.longValue();
		}
		return (value instanceof BigInteger number) ? number.doubleValue() : value;
	}

}
