package dev.ablyauth.web;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.revocation.DenialId;
import dev.ablyauth.revocation.DenialSearch;
import dev.ablyauth.revocation.Target;
import org.jspecify.annotations.Nullable;

/**
 * Reads which denials an admin wants to see: {@code ?userId=ann}, {@code ?kind=address},
 * {@code ?author=jwt:olga}, {@code ?all=true}, {@code ?limit=100&after=...}.
 */
final class DenialQueries {

	private static final int USUAL = 100;

	private static final int MOST = 1000;

	private static final Set<String> KINDS = Arrays.stream(Target.Kind.values())
		.map(Target.Kind::label)
		.collect(Collectors.toUnmodifiableSet());

	private static final Set<String> NAMES = names("kind", "author", "all", "limit", "after");

	private static final Set<String> EXPORT_NAMES = names("kind", "author", "active");

	private DenialQueries() {
	}

	/**
	 * Reads a query.
	 * @throws dev.ablyauth.ably.Refused if it asks for what nobody knows
	 */
	static DenialSearch read(Map<String, String[]> query) {
		return read(query, NAMES, "all", false);
	}

	/**
	 * Reads the query of an export, which is of all of them: {@code ?active=true}.
	 * @throws dev.ablyauth.ably.Refused if it asks for what nobody knows
	 */
	static DenialSearch readExport(Map<String, String[]> query) {
		return read(query, EXPORT_NAMES, "active", true);
	}

	/**
	 * Reads a query.
	 * @param flag the name of what tells whether also those that are over
	 * @param without whether it tells the opposite
	 */
	private static DenialSearch read(Map<String, String[]> query, Set<String> names, String flag, boolean without) {
		try {
			PageQuery page = PageQuery.read(query, names, USUAL, MOST);
			Target target = target(query);
			String kind = PageQuery.value(query, "kind");
			return new DenialSearch((target != null) ? target.kind() : (kind != null) ? AdminTargets.kind(kind) : null,
					(target != null) ? target.value() : null, PageQuery.value(query, "author"),
					flag(query, flag) != without, after(page.after()), page.limit());
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(ex.getMessage() + ".");
		}
	}

	private static Set<String> names(String... more) {
		return Stream.concat(KINDS.stream(), Arrays.stream(more)).collect(Collectors.toCollection(TreeSet::new));
	}

	private static @Nullable Target target(Map<String, String[]> query) {
		Set<String> named = new TreeSet<>(query.keySet());
		named.retainAll(KINDS);
		if (named.isEmpty()) {
			return null;
		}
		String name = named.iterator().next();
		if (named.size() > 1 || query.containsKey("kind")) {
			throw new IllegalArgumentException("The query names more than one kind of target");
		}
		return AdminTargets.target(name, String.valueOf(PageQuery.value(query, name)));
	}

	private static boolean flag(Map<String, String[]> query, String name) {
		String flag = PageQuery.value(query, name);
		if (flag != null && !flag.equals("true") && !flag.equals("false")) {
			throw new IllegalArgumentException(name + ": must be true or false");
		}
		return "true".equals(flag);
	}

	private static @Nullable DenialId after(@Nullable String after) {
		try {
			return (after != null) ? DenialId.parse(after) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("after: " + ex.getMessage(), ex);
		}
	}

}
