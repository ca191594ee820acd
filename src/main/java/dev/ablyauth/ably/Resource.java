package dev.ablyauth.ably;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a capability speaks of: a channel {@code name}, a namespace {@code ns:*}, a queue
 * {@code [queue]name}, a metachannel {@code [meta]name}, or everything {@code [*]*}.
 *
 * <p>
 * A name is cut into segments at {@code :}. {@code *} as a whole segment is a wildcard:
 * one segment inside a name, one or more at its end; in {@code foo*} it is a plain
 * character. Names are case-sensitive. Channels, queues and metachannels are disjoint;
 * only {@code [*]*} covers all three. Source: Ably docs, auth/capabilities, "wildcards".
 */
public final class Resource implements Comparable<Resource> {

	/**
	 * The longest resource, in characters.
	 */
	private static final int MAX_LENGTH = 2048;

	private static final String ANY = "[*]*";

	private static final Resource EVERYTHING = new Resource(ANY, ANY, new SegmentPattern(List.of("*")));

	private final String text;

	/** {@code ""} for channels, else {@code [meta]}, {@code [queue]} or {@code [*]*}. */
	private final String qualifier;

	private final SegmentPattern pattern;

	private Resource(String text, String qualifier, SegmentPattern pattern) {
		this.text = text;
		this.qualifier = qualifier;
		this.pattern = pattern;
	}

	/**
	 * Reads a resource.
	 * @param text as in a capability
	 * @return the resource
	 * @throws IllegalArgumentException if Ably has no resource of this form; the message
	 * does not repeat it
	 */
	public static Resource parse(String text) {
		if (text.equals(ANY)) {
			return EVERYTHING;
		}
		if (text.length() > MAX_LENGTH || !Text.isClean(text)) {
			throw new IllegalArgumentException("must have at most " + MAX_LENGTH
					+ " characters, and no control characters, line breaks or half characters");
		}
		String qualifier = qualifier(text);
		String name = text.substring(qualifier.length());
		if (name.isEmpty() || name.startsWith("[") || name.startsWith(":")) {
			throw new IllegalArgumentException("must have a name that begins with neither [ nor :");
		}
		return new Resource(text, qualifier, SegmentPattern.parse(name));
	}

	private static String qualifier(String text) {
		if (!text.startsWith("[")) {
			return "";
		}
		for (String qualifier : List.of("[meta]", "[queue]")) {
			if (text.startsWith(qualifier)) {
				return qualifier;
			}
		}
		throw new IllegalArgumentException("must be [meta]name, [queue]name or [*]* where it begins with [");
	}

	/**
	 * Returns what both speak of.
	 * @param other the other resource
	 * @return the one resource that covers just what both cover, or empty if they have
	 * nothing in common
	 */
	public Optional<Resource> intersect(Resource other) {
		if (equals(EVERYTHING)) {
			return Optional.of(other);
		}
		if (other.equals(EVERYTHING)) {
			return Optional.of(this);
		}
		if (!this.qualifier.equals(other.qualifier)) {
			return Optional.empty();
		}
		return this.pattern.intersect(other.pattern).map(this::withPattern);
	}

	private Resource withPattern(SegmentPattern narrower) {
		return new Resource(this.qualifier + narrower, this.qualifier, narrower);
	}

	/**
	 * Tells whether everything that the other resource speaks of is in this one.
	 * @param other the other resource, a channel or a pattern
	 * @return whether this resource covers it
	 */
	public boolean covers(Resource other) {
		return equals(EVERYTHING) || (!other.equals(EVERYTHING) && this.qualifier.equals(other.qualifier)
				&& this.pattern.covers(other.pattern));
	}

	/**
	 * Tells whether it may cover more than one name.
	 * @return whether a segment of it is a wildcard
	 */
	public boolean isPattern() {
		return this.pattern.hasWildcard();
	}

	/**
	 * Tells whether it has a {@code *} that is no wildcard, as {@code foo*} does.
	 * @return whether somebody probably meant something else
	 */
	public boolean hasPlainStar() {
		return this.pattern.hasPlainStar();
	}

	/**
	 * Tells whether claims and limits of a JWT can be bound to it: a channel,
	 * {@code ns:*} or {@code *}. Source: Ably docs, auth/token/jwt.
	 * @return whether it is a channel, and a wildcard only at its end
	 */
	public boolean isScope() {
		int first = this.pattern.segments().indexOf("*");
		return this.qualifier.isEmpty() && (first < 0 || first == this.pattern.segments().size() - 1);
	}

	/**
	 * Tells whether both have the same kind, as many segments, and wildcards at the same
	 * places: what must hold of a resource that was made from another one by filling in
	 * values.
	 * @param other the other resource
	 * @return whether they differ in plain segments only
	 */
	public boolean hasShapeOf(Resource other) {
		return this.qualifier.equals(other.qualifier) && this.pattern.hasShapeOf(other.pattern);
	}

	@Override
	public int compareTo(Resource other) {
		return this.text.compareTo(other.text);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Resource that && this.text.equals(that.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	/**
	 * Returns the text for the wire.
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
