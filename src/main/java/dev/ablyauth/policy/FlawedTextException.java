package dev.ablyauth.policy;

import java.util.List;

/**
 * A text of the file with errors of which each has a place inside the text.
 */
final class FlawedTextException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final transient List<Flaw> flaws;

	FlawedTextException(List<Flaw> flaws) {
		super(flaws.get(0).message());
		this.flaws = List.copyOf(flaws);
	}

	List<Flaw> flaws() {
		return this.flaws;
	}

}
