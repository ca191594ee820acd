package dev.ablyauth.session;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;

/**
 * Where in the answer of an app a value stands: {@code /id}, {@code /data/user/roles}, or
 * nothing for the whole answer. RFC 6901.
 *
 * @param value the pointer as written in a setting
 */
record ClaimPointer(String value) {

	/**
	 * Refuses what is no pointer.
	 */
	ClaimPointer {
		JsonPointer.compile(value);
	}

	/** Follows the pointer; null if nothing stands there. */
	@Nullable Object find(@Nullable Object answer) {
		Object found = answer;
		for (JsonPointer left = JsonPointer.compile(this.value); !left.matches(); left = left.tail()) {
			found = step(found, left);
		}
		return found;
	}

	private static @Nullable Object step(@Nullable Object in, JsonPointer left) {
		if (in instanceof Map<?, ?> object) {
			return object.get(left.getMatchingProperty());
		}
		int index = left.getMatchingIndex();
		return (in instanceof List<?> list && index >= 0 && index < list.size()) ? list.get(index) : null;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
