package dev.ablyauth.ably;

/**
 * What may be done with a resource, by its name on the wire. Made only by
 * {@link Operations}, which knows the names that Ably has.
 */
public final class Operation implements Comparable<Operation> {

	private final String name;

	Operation(String name) {
		this.name = name;
	}

	@Override
	public int compareTo(Operation other) {
		return this.name.compareTo(other.name);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Operation that && this.name.equals(that.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	/**
	 * Returns the name on the wire.
	 */
	@Override
	public String toString() {
		return this.name;
	}

}
