package dev.ablyauth.ably;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The operations that Ably has: a closed list, so that a misspelt one is refused instead
 * of being signed. When Ably brings a new one before this server knows it, its name is
 * added by a setting. Source: Ably docs, auth/capabilities.
 */
public final class Operations {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{1,63}");

	private static final Operations STANDARD = new Operations(new TreeSet<>(List.of("subscribe", "publish", "presence",
			"object-subscribe", "object-publish", "annotation-subscribe", "annotation-publish", "message-update-own",
			"message-update-any", "message-delete-own", "message-delete-any", "history", "stats", "push-subscribe",
			"push-admin", "channel-metadata", "privileged-headers")));

	private final SortedSet<String> names;

	private Operations(SortedSet<String> names) {
		this.names = Collections.unmodifiableSortedSet(names);
	}

	/**
	 * Returns the documented operations.
	 * @return the closed list
	 */
	public static Operations standard() {
		return STANDARD;
	}

	/**
	 * Adds names that Ably introduced later.
	 * @param newNames lower-case words joined by {@code -}
	 * @return a list with these names too
	 * @throws IllegalArgumentException if one of them cannot be an operation
	 */
	public Operations with(Collection<String> newNames) {
		SortedSet<String> all = new TreeSet<>(this.names);
		for (String name : newNames) {
			if (!NAME.matcher(name).matches()) {
				throw new IllegalArgumentException("\"" + name + "\" cannot be the name of an operation");
			}
			all.add(name);
		}
		return new Operations(all);
	}

	/**
	 * Reads the operations of one resource.
	 * @param wireNames names of this list, or {@code *} alone
	 * @return the operations
	 * @throws IllegalArgumentException if there is none, one is unknown, or {@code *} is
	 * not alone
	 */
	public OperationSet read(Collection<String> wireNames) {
		if (wireNames.isEmpty()) {
			throw new IllegalArgumentException("at least one operation is expected");
		}
		if (wireNames.contains("*")) {
			if (wireNames.size() > 1) {
				throw new IllegalArgumentException("the operation * must stand alone");
			}
			return OperationSet.all();
		}
		SortedSet<Operation> operations = new TreeSet<>();
		for (String name : wireNames) {
			if (!this.names.contains(name)) {
				throw new IllegalArgumentException("Ably has no operation of this name");
			}
			operations.add(new Operation(name));
		}
		return OperationSet.of(operations);
	}

	/**
	 * Returns the names.
	 * @return all names, sorted, without {@code *}
	 */
	public SortedSet<String> names() {
		return this.names;
	}

}
