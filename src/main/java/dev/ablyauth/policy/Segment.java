package dev.ablyauth.policy;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One segment of a name: fixed text, or a placeholder that fills it or is joined to fixed
 * text by a separator.
 *
 * @param before fixed text before the placeholder, or the whole segment
 * @param placeholder null for fixed text
 * @param after fixed text after the placeholder
 */
record Segment(String before, @Nullable Placeholder placeholder, String after) {

	/** A text as a whole. */
	static Segment parseText(String text) {
		return parse(text, TemplateScope.TEXT, "may have at most one placeholder");
	}

	private static Segment parse(String text, TemplateScope scope, String tooMany) {
		int open = text.indexOf('{');
		int close = text.indexOf('}');
		if (open < 0 && close < 0) {
			return new Segment(text, null, "");
		}
		if (open < 0 || close < open) {
			throw new IllegalArgumentException("has a " + ((close < 0) ? "{ without a }" : "} without a { before it"));
		}
		String before = text.substring(0, open);
		String after = text.substring(close + 1);
		if (after.indexOf('{') >= 0 || after.indexOf('}') >= 0 || text.substring(open + 1, close).indexOf('{') >= 0) {
			throw new IllegalArgumentException(tooMany);
		}
		return new Segment(before, Placeholder.parse(text.substring(open + 1, close), scope.element()), after);
	}

	/** A segment of a name, in which {@code *} and {@code [} have a meaning. */
	static Segment parseName(String text, TemplateScope scope) {
		return parse(text, scope, "may have at most one placeholder between two colons").separated();
	}

	/** Refuses a placeholder whose value could run into the fixed text. */
	Segment separated() {
		if (this.placeholder != null) {
			String fixed = this.before + this.after;
			if (fixed.indexOf('*') >= 0 || fixed.indexOf('[') >= 0 || fixed.indexOf(']') >= 0) {
				throw new IllegalArgumentException("has a placeholder next to *, [ or ]");
			}
			if (isWordAt(this.before, this.before.length() - 1) || isWordAt(this.after, 0)) {
				throw new IllegalArgumentException("must separate the placeholder {" + this.placeholder
						+ "} from fixed text, as in user-{user.id}, or give it the whole segment");
			}
		}
		return this;
	}

	private static boolean isWordAt(String text, int index) {
		return !text.isEmpty() && Character.isLetterOrDigit(text.charAt(index));
	}

	boolean beginsWithPlaceholder() {
		return this.placeholder != null && this.before.isEmpty();
	}

	/** The text for this user; empty if the user has no such value. */
	Optional<String> expand(Values values) {
		if (this.placeholder == null) {
			return Optional.of(this.before);
		}
		return this.placeholder.segmentValue(values).map((value) -> this.before.concat(value).concat(this.after));
	}

}
