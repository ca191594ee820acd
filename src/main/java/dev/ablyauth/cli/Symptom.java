package dev.ablyauth.cli;

import java.util.Locale;

/**
 * What was seen of one thing that the server needs.
 *
 * @param check what was looked at
 * @param state how it is
 * @param message in one sentence
 */
record Symptom(String check, State state, String message) {

	static Symptom ok(String check, String message) {
		return new Symptom(check, State.OK, message);
	}

	static Symptom warning(String check, String message) {
		return new Symptom(check, State.WARNING, message);
	}

	static Symptom problem(String check, String message) {
		return new Symptom(check, State.PROBLEM, message);
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%-8s %-9s %s", this.state.name().toLowerCase(Locale.ROOT), this.check,
				this.message);
	}

	/** How it is. */
	enum State {

		/** As it should be. */
		OK,
		/** It works, and should be looked at. */
		WARNING,
		/** It does not work. */
		PROBLEM

	}

}
