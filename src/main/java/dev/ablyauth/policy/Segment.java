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

	static Segment parse(String text, TemplateScope scope) {
		int open = text.indexOf('{');
		int close = text.indexOf('}');
		if (open < 0 && close < 0) {
			return new Segment(text, null, "");
		}
		if (open < 0 || close < open) {
			throw new IllegalArgumentException("has a { or } that belongs to no placeholder");
		}
		String before = text.substring(0, open);
		String after = text.substring(close + 1);
		if (after.indexOf('{') >= 0 || after.indexOf('}') >= 0 || text.substring(open + 1, close).indexOf('{') >= 0) {
			throw new IllegalArgumentException("may have at most one placeholder between two colons");
		}
		return new Segment(before, Placeholder.parse(text.substring(open + 1, close), scope.element()), after);
	}

	/** The stricter form, for names in which {@code *} and {@code [} have a meaning. */
	static Segment parseStrictly(String text, TemplateScope scope) {
		Segment segment = parse(text, scope);
		if (segment.placeholder != null) {
			String fixed = segment.before + segment.after;
			if (fixed.indexOf('*') >= 0 || fixed.indexOf('[') >= 0 || fixed.indexOf(']') >= 0) {
				throw new IllegalArgumentException("has a placeholder next to *, [ or ]");
			}
			if (isWordAt(segment.before, segment.before.length() - 1) || isWordAt(segment.after, 0)) {
				throw new IllegalArgumentException(
						"must separate a placeholder from fixed text, as in user-{user.id}, or give it the whole segment");
			}
		}
		return segment;
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
		return this.placeholder.segmentValue(values).map((value) -> this.before + value + this.after);
	}

}
