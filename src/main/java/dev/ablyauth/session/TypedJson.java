package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * JSON as Jackson writes it together with the classes of the objects: an object with
 * {@code @class} in it, or a list of the class and the value. The class is a text here
 * and nothing is made of it.
 *
 * @param type the name of the class; null if there is none
 * @param value without its class, as it stands
 */
record TypedJson(@Nullable String type, @Nullable Object value) {

	private static final String CLASS = "@class";

	private static final Pattern CLASS_NAME = Pattern.compile("[a-z]\\w*(?:\\.[\\w$]+)+");

	static TypedJson of(@Nullable Object json) {
		if (json instanceof Map<?, ?> object) {
			return new TypedJson((object.get(CLASS) instanceof String name) ? name : null, object);
		}
		if (json instanceof List<?> pair && pair.size() == 2 && pair.get(0) instanceof String name
				&& isClassOf(name, pair.get(1))) {
			return new TypedJson(name, pair.get(1));
		}
		return new TypedJson(null, json);
	}

	/** Two texts are a class and a value only where the class is one of the JDK. */
	private static boolean isClassOf(String name, @Nullable Object value) {
		return CLASS_NAME.matcher(name).matches()
				&& (name.startsWith("java.") || value instanceof List || value instanceof Map);
	}

	/** The member of an object. */
	TypedJson member(String name) {
		return of((this.value instanceof Map<?, ?> object) ? object.get(name) : null);
	}

	/** The items of a list; none if it is no list. */
	List<TypedJson> items() {
		return (this.value instanceof List<?> items) ? items.stream().map(TypedJson::of).toList() : List.of();
	}

	boolean isOf(String shortName) {
		return this.type != null && this.type.endsWith("." + shortName);
	}

	/** The value with all classes left out. */
	@Nullable Object plain() {
		if (this.value instanceof Map<?, ?> object) {
			Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
			object.forEach((name, member) -> plain.put(name, of(member).plain()));
			plain.remove(CLASS);
			return plain;
		}
		if (this.value instanceof List<?> items) {
			List<@Nullable Object> plain = new ArrayList<>();
			items.forEach((item) -> plain.add(of(item).plain()));
			return plain;
		}
		return this.value;
	}

}
