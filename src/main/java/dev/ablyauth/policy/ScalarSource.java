package dev.ablyauth.policy;

import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * How a value is written in the file, to find a character of the value there. Quotes,
 * folds and indents are in the file only, so the characters of the value are looked for
 * one after the other; white space is not counted. Where a character is written as an
 * escape with its number, the place is that of the value.
 */
final class ScalarSource {

	private final Place start;

	private final String source;

	private final String value;

	private ScalarSource(Place start, String source, String value) {
		this.start = start;
		this.source = source;
		this.value = value;
	}

	static ScalarSource of(ScalarNode node, String file) {
		int from = file.offsetByCodePoints(0, node.getStartMark().getIndex());
		int to = file.offsetByCodePoints(0, node.getEndMark().getIndex());
		return new ScalarSource(YamlFile.place(node.getStartMark()), source(node, file.substring(from, to)),
				node.getValue());
	}

	/**
	 * What is no part of the value is blanked: an opening quote, the line of a {@code |}.
	 */
	private static String source(ScalarNode node, String written) {
		int opening = switch (node.getScalarStyle()) {
			case LITERAL, FOLDED -> Math.max(0, written.indexOf('\n'));
			case SINGLE_QUOTED, DOUBLE_QUOTED -> 1;
			default -> 0;
		};
		return " ".repeat(opening) + written.substring(opening);
	}

	/** Where a character of the value stands, or the end of what comes before it. */
	Place place(int index) {
		int found = 0;
		for (int i = 0; i < this.value.length(); i++) {
			char wanted = this.value.charAt(i);
			if (Character.isWhitespace(wanted)) {
				continue;
			}
			int next = this.source.indexOf(wanted, found);
			if (next < 0) {
				return this.start;
			}
			if (i >= index) {
				return this.start.after(this.source.substring(0, next));
			}
			found = next + 1;
		}
		return this.start.after(this.source.substring(0, found));
	}

}
