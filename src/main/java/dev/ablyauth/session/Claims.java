package dev.ablyauth.session;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object as claims, strictly: valid UTF-8, no duplicate names, at most ten
 * levels, nothing after the end. Numbers become longs or doubles, and null becomes an
 * absent claim.
 */
final class Claims {

	/** An object of Java with a few fields. */
	private static final int NODE = 64;

	private static final StrictJson JSON = new StrictJson(10);

	private Claims() {
	}

	/**
	 * Reads claims.
	 * @throws IllegalArgumentException if it is not such an object
	 */
	static Map<String, Object> read(byte[] utf8) {
		if (JSON.read(utf8, Object.class) instanceof Map<?, ?> object) {
			return plain(object);
		}
		throw new IllegalArgumentException("not a JSON object");
	}

	/**
	 * Reads any JSON, just as strictly; numbers are as large as they are.
	 * @throws IllegalArgumentException if it is none
	 */
	static @Nullable Object readAny(byte[] utf8) {
		return JSON.read(utf8, Object.class);
	}

	static Map<String, Object> plain(Map<?, ?> object) {
		Map<String, Object> claims = new LinkedHashMap<>();
		object.forEach((name, value) -> {
			Object plain = plain(value);
			if (plain != null) {
				claims.put((String) name, plain);
			}
		});
		return Collections.unmodifiableMap(claims);
	}

	/** About how many bytes of memory a value takes. */
	static int weight(@Nullable Object value) {
		if (value instanceof Map<?, ?> object) {
			return NODE + object.entrySet()
				.stream()
				.mapToInt((entry) -> NODE + weight(entry.getKey()) + weight(entry.getValue()))
				.sum();
		}
		if (value instanceof Collection<?> list) {
			return NODE + list.stream().mapToInt(Claims::weight).sum();
		}
		return (value instanceof String text) ? NODE + 2 * text.length() : NODE;
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
