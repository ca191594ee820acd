package dev.ablyauth.cli;

import java.util.Collection;

import dev.ablyauth.policy.Nearest;

/**
 * Finds the name that was meant.
 */
final class Spelling {

	private Spelling() {
	}

	/** Goes on after a message with the known name that is nearest, if one is near. */
	static String didYouMean(String written, Collection<String> known) {
		return Nearest.to(written, known).map((name) -> " Did you mean " + name + "?").orElse("");
	}

}
