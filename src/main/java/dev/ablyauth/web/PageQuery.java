package dev.ablyauth.web;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list an admin wants to see.
 *
 * @param after the id of the last one that was seen before, as it was sent, or null
 * @param limit how many at most
 */
record PageQuery(@Nullable String after, int limit) {

	/**
	 * Reads a query.
	 * @param names all that the query may have, in order
	 * @param usual how many where it does not say
	 * @param most how many it may ask for
	 * @throws IllegalArgumentException if it has another name or one twice, or asks for
	 * too many
	 */
	static PageQuery read(Map<String, String[]> query, Set<String> names, int usual, int most) {
		query.forEach((name, values) -> {
			if (!names.contains(name) || values.length != 1) {
				throw new IllegalArgumentException("The query has a name twice or one that nobody reads, expected are "
						+ String.join(", ", names));
			}
		});
		String limit = value(query, "limit");
		int number = (limit == null) ? usual : limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
		if (number < 1 || number > most) {
			throw new IllegalArgumentException("limit: must be 1 to " + most);
		}
		return new PageQuery(value(query, "after"), number);
	}

	/** The value of a name, or null. */
	static @Nullable String value(Map<String, String[]> query, String name) {
		String[] values = query.get(name);
		return (values != null) ? values[0] : null;
	}

}
