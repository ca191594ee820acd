package dev.ablyauth.ably;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Resources and what may be done with each. Never empty, because a token without
 * capability has every right of its key (spec RSA6): where nothing is left, there is no
 * Capability.
 */
public final class Capability {

	private static final Capability EVERYTHING = of(Map.of(Resource.parse("[*]*"), OperationSet.all()));

	private final SortedMap<Resource, OperationSet> entries;

	/** Made when it is first asked for; whoever comes first, it is the same text. */
	private @Nullable String text;

	private Capability(SortedMap<Resource, OperationSet> entries) {
		if (entries.isEmpty()) {
			throw new IllegalArgumentException("must name at least one resource");
		}
		this.entries = Collections.unmodifiableSortedMap(entries);
	}

	/**
	 * Makes a capability.
	 * @param entries at least one resource
	 * @return the capability
	 * @throws IllegalArgumentException if there is no entry
	 */
	public static Capability of(Map<Resource, OperationSet> entries) {
		return new Capability(new TreeMap<>(entries));
	}

	/**
	 * Returns all rights on everything, {@code {"[*]*":["*"]}}.
	 * @return the widest capability
	 */
	public static Capability everything() {
		return EVERYTHING;
	}

	/**
	 * Returns what both allow, exactly: never more, and nothing is lost.
	 * @param other the other capability
	 * @return what is in both, or empty if they have nothing in common
	 */
	public Optional<Capability> intersect(Capability other) {
		if (equals(EVERYTHING)) {
			return Optional.of(other);
		}
		if (other.equals(EVERYTHING)) {
			return Optional.of(this);
		}
		SortedMap<Resource, OperationSet> both = new TreeMap<>();
		this.entries.forEach((mine, myOperations) -> other.entries.forEach((others, otherOperations) -> {
			OperationSet operations = myOperations.intersect(otherOperations);
			if (!operations.isEmpty()) {
				mine.intersect(others).ifPresent((resource) -> both.merge(resource, operations, OperationSet::union));
			}
		}));
		return both.isEmpty() ? Optional.empty() : Optional.of(new Capability(both));
	}

	/**
	 * Returns what at least one of several allows.
	 * @param parts at least one
	 * @return the sum
	 */
	public static Capability sum(Collection<Capability> parts) {
		SortedMap<Resource, OperationSet> all = new TreeMap<>();
		parts.forEach((part) -> part.entries
			.forEach((resource, operations) -> all.merge(resource, operations, OperationSet::union)));
		return new Capability(all);
	}

	/**
	 * Tells whether this capability allows all that the other one does. Resources have
	 * room for endlessly many names, so a set of them covers a pattern only if one of
	 * them does.
	 * @param other the other capability
	 * @return whether nothing of it is missing here
	 */
	public boolean covers(Capability other) {
		return equals(EVERYTHING) || other.entries.entrySet()
			.stream()
			.allMatch((entry) -> operationsOn(entry.getKey()).covers(entry.getValue()));
	}

	/**
	 * Returns what of another capability is not allowed here, entry by entry: a resource
	 * with the operations that this capability does not allow on all of it.
	 * @param other the other capability
	 * @return what is missing, or empty if this capability covers the other one
	 */
	public Optional<Capability> missingOf(Capability other) {
		SortedMap<Resource, OperationSet> missing = new TreeMap<>();
		other.entries.forEach((resource, operations) -> {
			OperationSet left = operations.without(operationsOn(resource));
			if (!left.isEmpty()) {
				missing.put(resource, left);
			}
		});
		return missing.isEmpty() ? Optional.empty() : Optional.of(new Capability(missing));
	}

	/**
	 * Returns the same rights in fewer words: an entry goes when one wider entry allows
	 * all that it does. Nothing that several entries cover only together is taken away,
	 * because Ably does not say how it adds up entries.
	 * @return a capability that allows exactly the same
	 */
	public Capability compact() {
		List<Map.Entry<Resource, OperationSet>> patterns = new ArrayList<>();
		this.entries.forEach((resource, operations) -> {
			if (resource.isPattern()) {
				patterns.add(Map.entry(resource, operations));
			}
		});
		SortedMap<Resource, OperationSet> left = new TreeMap<>(this.entries);
		left.entrySet().removeIf((entry) -> isInWiderOne(entry, patterns));
		return (left.size() == this.entries.size()) ? this : new Capability(left);
	}

	private static boolean isInWiderOne(Map.Entry<Resource, OperationSet> entry,
			List<Map.Entry<Resource, OperationSet>> patterns) {
		for (Map.Entry<Resource, OperationSet> wider : patterns) {
			if (!wider.getKey().equals(entry.getKey()) && wider.getKey().covers(entry.getKey())
					&& wider.getValue().covers(entry.getValue())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns what may be done with all of a resource.
	 * @param resource a channel or a pattern
	 * @return the operations, perhaps none
	 */
	public OperationSet operationsOn(Resource resource) {
		OperationSet operations = OperationSet.of(Collections.emptySortedSet());
		for (Map.Entry<Resource, OperationSet> entry : this.entries.entrySet()) {
			if (entry.getKey().covers(resource)) {
				operations = operations.union(entry.getValue());
			}
		}
		return operations;
	}

	/**
	 * Returns the entries, sorted by resource.
	 * @return a map that cannot be changed
	 */
	public SortedMap<Resource, OperationSet> entries() {
		return this.entries;
	}

	/**
	 * Returns the canonical JSON text: no white space, resources and operations sorted.
	 * The text that is signed is the text that is sent.
	 * @return JSON
	 */
	public String text() {
		String made = this.text;
		if (made == null) {
			SortedMap<String, List<String>> names = new TreeMap<>();
			this.entries.forEach((resource, operations) -> names.put(resource.toString(), operations.names()));
			made = CapabilityText.canonical(names);
			this.text = made;
		}
		return made;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Capability that && this.entries.equals(that.entries);
	}

	@Override
	public int hashCode() {
		return this.entries.hashCode();
	}

	@Override
	public String toString() {
		return text();
	}

}
