package dev.ablyauth.ops.meters;

import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a label from having more and more values, where those are names that people give.
 */
final class FewNames {

	/** What all names are that come after the first ones. */
	static final String OTHER = "other";

	private final int most;

	private final Set<String> known = new HashSet<>();

	FewNames(int most) {
		this.most = most;
	}

	/** Returns the name, or that it is one of the others. */
	synchronized String of(String name) {
		return (this.known.contains(name) || (this.known.size() < this.most && this.known.add(name))) ? name : OTHER;
	}

}
