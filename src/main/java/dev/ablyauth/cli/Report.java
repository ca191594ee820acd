package dev.ablyauth.cli;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Collects what is to be said about one token: facts, warnings of what Ably would refuse
 * or misread, and notes.
 */
final class Report {

	private final List<Fact> facts = new ArrayList<>();

	private final List<Finding> warnings = new ArrayList<>();

	private final List<Finding> notes = new ArrayList<>();

	void fact(String name, String label, @Nullable Object json, String... words) {
		this.facts.add(new Fact(name, label, json, List.of(words)));
	}

	void warn(String code, String message) {
		this.warnings.add(new Finding(code, message));
	}

	/** Says what is no problem by itself. */
	void note(String code, String message) {
		this.notes.add(new Finding(code, message));
	}

	List<Fact> facts() {
		return List.copyOf(this.facts);
	}

	List<Finding> warnings() {
		return List.copyOf(this.warnings);
	}

	List<Finding> notes() {
		return List.copyOf(this.notes);
	}

}
