package dev.ablyauth.standin;

import java.util.List;

/**
 * A resource name of a capability, read by Ably's wildcard rules: a star counts only as a
 * whole segment, an inner star is exactly one segment, a trailing star one or more.
 *
 * @param kind empty for channels, {@code queue}, {@code meta}, or {@code *} for all
 * @param segments the name split at its colons
 */
record ResourcePattern(String kind, List<String> segments) {

	private static final String STAR = "*";

	static ResourcePattern of(String resource) {
		String kind = "";
		String name = resource;
		int end = resource.indexOf(']');
		if (resource.startsWith("[") && end > 0) {
			kind = resource.substring(1, end);
			name = resource.substring(end + 1);
		}
		return new ResourcePattern(kind, List.of(name.split(":", -1)));
	}

	/** Whether every name that the other matches is matched by this one too. */
	boolean covers(ResourcePattern other) {
		boolean kindFits = this.kind.equals(STAR) || this.kind.equals(other.kind);
		return kindFits && (endsWithStar() ? coversOpenEnd(other) : coversSameLength(other));
	}

	private boolean coversOpenEnd(ResourcePattern other) {
		int fixed = this.segments.size() - 1;
		return other.segments.size() > fixed && fits(other, fixed);
	}

	private boolean coversSameLength(ResourcePattern other) {
		return other.segments.size() == this.segments.size() && fits(other, this.segments.size());
	}

	private boolean fits(ResourcePattern other, int count) {
		for (int i = 0; i < count; i++) {
			String mine = this.segments.get(i);
			if (!mine.equals(STAR) && !mine.equals(other.segments.get(i))) {
				return false;
			}
		}
		return true;
	}

	private boolean endsWithStar() {
		return this.segments.get(this.segments.size() - 1).equals(STAR);
	}

}
