package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.ably.Resource;

/**
 * A resource with values of the user in it, cut into segments once at load. A value is
 * data inside one segment: it never adds a segment, a wildcard or a qualifier.
 */
final class ResourceTemplate {

	private static final List<String> QUALIFIERS = List.of("[meta]", "[queue]");

	private final String text;

	/** {@code [meta]} or the like, never with a value in it; or nothing. */
	private final String qualifier;

	private final List<Segment> segments;

	private final boolean fixed;

	private final Resource shape;

	private ResourceTemplate(String text, String qualifier, List<Segment> segments) {
		this.text = text;
		this.qualifier = qualifier;
		this.segments = segments;
		this.fixed = placeholders().findAny().isEmpty();
		this.shape = Resource
			.parse(qualifier + String.join(":", segments.stream().map(ResourceTemplate::sample).toList()));
	}

	/**
	 * Reads a template.
	 * @throws IllegalArgumentException if a value in it could widen it, or it is no
	 * resource
	 */
	static ResourceTemplate parse(String text, TemplateScope scope) {
		String qualifier = text.startsWith("[") ? text.substring(0, text.indexOf(']') + 1) : "";
		if (qualifier.indexOf('{') >= 0) {
			throw new IllegalArgumentException("has a placeholder between [ and ]");
		}
		if (!qualifier.isEmpty() && !QUALIFIERS.contains(qualifier) && !text.equals("[*]*")) {
			throw new IllegalArgumentException(
					"begins with " + Quoted.shortened(qualifier) + Nearest.expected(qualifier, QUALIFIERS));
		}
		List<Segment> segments = split(text.substring(qualifier.length())).stream()
			.map((segment) -> Segment.parseName(segment, scope))
			.toList();
		if (segments.get(0).beginsWithPlaceholder() && scope.leading() != TemplateScope.Leading.ALLOWED) {
			throw new IllegalArgumentException(
					"begins with a placeholder; put fixed text first" + scope.leading().wayOut());
		}
		return new ResourceTemplate(text, qualifier, segments);
	}

	/** Cuts at each colon that is not inside a placeholder. */
	private static List<String> split(String text) {
		List<String> parts = new ArrayList<>();
		int depth = 0;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
			if (c == ':' && depth <= 0) {
				parts.add(text.substring(start, i));
				start = i + 1;
			}
		}
		parts.add(text.substring(start));
		return parts;
	}

	/** Its own name stands in for a value when the template is checked at load. */
	private static String sample(Segment segment) {
		return (segment.placeholder() != null)
				? segment.before() + "{" + segment.placeholder().toString().replace(':', ';') + "}" + segment.after()
				: segment.before();
	}

	/**
	 * Returns the resource for this user; empty if the user lacks a value.
	 * @throws UnsafeValueException if a value may not become part of a name
	 */
	Optional<Resource> expand(Values values) {
		if (this.fixed) {
			return Optional.of(this.shape);
		}
		StringJoiner joined = new StringJoiner(":", this.qualifier, "");
		for (Segment segment : this.segments) {
			Optional<String> part = segment.expand(values);
			if (part.isEmpty()) {
				return Optional.empty();
			}
			joined.add(part.get());
		}
		return Optional.of(check(joined.toString()));
	}

	/** What was filled in must not have changed what the template says. */
	private Resource check(String filled) {
		try {
			Resource resource = Resource.parse(filled);
			if (resource.hasShapeOf(this.shape)) {
				return resource;
			}
		}
		catch (IllegalArgumentException ex) {
			// Too long: the values are safe one by one.
		}
		throw new UnsafeValueException(this.text, filled);
	}

	/** The resource with the name of each value in its place. */
	Resource shape() {
		return this.shape;
	}

	/** The resource with a wildcard in the place of each segment that has a value. */
	Resource widest() {
		return Resource.parse(this.qualifier + this.segments.stream()
			.map((segment) -> (segment.placeholder() != null) ? "*" : segment.before())
			.collect(Collectors.joining(":")));
	}

	Stream<Placeholder> placeholders() {
		return this.segments.stream().map(Segment::placeholder).flatMap(Stream::ofNullable);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
