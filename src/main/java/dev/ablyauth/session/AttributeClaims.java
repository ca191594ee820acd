package dev.ablyauth.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Makes claims of what a principal's attributes hold as Java objects. Times become
 * seconds, as in a JWT; what has no form as a claim is left out. Objects can hold
 * themselves, or each other many times over, so there is an end to what is copied.
 */
final class AttributeClaims {

	private static final int MAX_VALUES = 10_000;

	private static final int MAX_DEPTH = 20;

	private int values;

	private AttributeClaims() {
	}

	/**
	 * Copies attributes.
	 * @throws IllegalArgumentException if there is no end to them
	 */
	static Map<String, Object> of(Map<?, ?> attributes) {
		return Claims.plain(new AttributeClaims().object(attributes, 0));
	}

	private Map<String, @Nullable Object> object(Map<?, ?> attributes, int depth) {
		Map<String, @Nullable Object> claims = new LinkedHashMap<>();
		attributes.forEach((name, value) -> {
			if (name instanceof String text) {
				claims.put(text, plain(value, depth));
			}
		});
		return claims;
	}

	private @Nullable Object plain(@Nullable Object value, int depth) {
		this.values++;
		if (this.values > MAX_VALUES || depth > MAX_DEPTH) {
			throw new IllegalArgumentException("too many values, or nested too deep");
		}
		if (value instanceof Map<?, ?> object) {
			return object(object, depth + 1);
		}
		if (value instanceof Collection<?> items) {
			List<@Nullable Object> plain = new ArrayList<>();
			items.forEach((item) -> plain.add(plain(item, depth + 1)));
			return plain;
		}
		if (value instanceof Instant time) {
			return time.getEpochSecond();
		}
		if (value instanceof Date time) {
			return time.toInstant().getEpochSecond();
		}
		return scalar(value);
	}

	private static @Nullable Object scalar(@Nullable Object value) {
		if (value instanceof Float || value instanceof Double) {
			return ((Number) value).doubleValue();
		}
		if (value instanceof Number number) {
			return number.longValue();
		}
		if (value instanceof UUID || value instanceof Enum<?>) {
			return value.toString();
		}
		return (value instanceof String || value instanceof Boolean) ? value : null;
	}

}
