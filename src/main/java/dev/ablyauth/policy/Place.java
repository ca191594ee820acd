package dev.ablyauth.policy;

/**
 * Where something stands in a policy file.
 *
 * @param line from 1
 * @param column from 1
 */
record Place(int line, int column) {

	/** Where the file begins, for what is true of all of it. */
	static final Place START = new Place(1, 1);

	/** The place behind a text that begins here. */
	Place after(String text) {
		int lines = this.line;
		int columns = this.column;
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			if (text.charAt(i) == '\n') {
				lines++;
				columns = 1;
			}
			else {
				columns++;
			}
		}
		return new Place(lines, columns);
	}

	PolicyProblem problem(String message) {
		return new PolicyProblem(this.line, this.column, message);
	}

}
