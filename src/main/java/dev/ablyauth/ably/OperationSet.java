package dev.ablyauth.ably;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The operations on one resource: some, or all ({@code *}). Never none, except as the
 * answer of {@link #intersect}.
 */
public final class OperationSet {

	private static final OperationSet ALL = new OperationSet(Collections.emptySortedSet(), true);

	private final SortedSet<Operation> operations;

	private final boolean all;

	private OperationSet(SortedSet<Operation> operations, boolean all) {
		this.operations = operations;
		this.all = all;
	}

	static OperationSet all() {
		return ALL;
	}

	static OperationSet of(SortedSet<Operation> operations) {
		return new OperationSet(Collections.unmodifiableSortedSet(operations), false);
	}

	/**
	 * Returns what both have. {@code *} stands for everything that the other side has.
	 * @param other the other set
	 * @return what is in both, perhaps nothing
	 */
	public OperationSet intersect(OperationSet other) {
		if (this.all) {
			return other;
		}
		if (other.all) {
			return this;
		}
		SortedSet<Operation> both = new TreeSet<>(this.operations);
		both.retainAll(other.operations);
		return of(both);
	}

	/**
	 * Returns what at least one has.
	 * @param other the other set
	 * @return the sum
	 */
	public OperationSet union(OperationSet other) {
		if (this.all || other.all) {
			return ALL;
		}
		SortedSet<Operation> either = new TreeSet<>(this.operations);
		either.addAll(other.operations);
		return of(either);
	}

	/**
	 * What is left without the operations of another set; {@code *} is not taken apart.
	 */
	OperationSet without(OperationSet other) {
		if (other.covers(this)) {
			return of(Collections.emptySortedSet());
		}
		SortedSet<Operation> left = new TreeSet<>(this.operations);
		left.removeAll(other.operations);
		return this.all ? this : of(left);
	}

	/**
	 * Tells whether everything in the other set is in this one.
	 * @param other the other set
	 * @return whether this set allows all of it
	 */
	public boolean covers(OperationSet other) {
		return this.all || (!other.all && this.operations.containsAll(other.operations));
	}

	/**
	 * Returns the operations one by one.
	 * @return sets of one operation each, or {@code *} alone
	 */
	public List<OperationSet> singles() {
		return this.all ? List.of(this)
				: this.operations.stream().map((operation) -> of(new TreeSet<>(List.of(operation)))).toList();
	}

	boolean isEmpty() {
		return !this.all && this.operations.isEmpty();
	}

	/**
	 * Returns the names for the wire.
	 * @return sorted names, or {@code *} alone
	 */
	public List<String> names() {
		return this.all ? List.of("*") : this.operations.stream().map(Operation::toString).toList();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof OperationSet that && this.all == that.all && this.operations.equals(that.operations);
	}

	@Override
	public int hashCode() {
		return this.operations.hashCode() + (this.all ? 1 : 0);
	}

	@Override
	public String toString() {
		return names().toString();
	}

}
