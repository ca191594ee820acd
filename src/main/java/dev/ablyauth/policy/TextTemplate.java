package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text with values of the user in it that is no name: the value of a user claim, which
 * may be JSON. So only {@code {user.id}} and {@code {claims.NAME}} are placeholders, and
 * every other brace is text. The values are those that a name may hold, and can neither
 * end a JSON string nor begin one.
 */
final class TextTemplate {

	private static final int MAX_BYTES = 1024;

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{((?:user\\.|claims\\.)[^{}\"\\s]*)}");

	private final List<Segment> parts = new ArrayList<>();

	private final String text;

	private TextTemplate(String text) {
		this.text = text;
		Matcher matcher = PLACEHOLDER.matcher(text);
		int end = 0;
		while (matcher.find()) {
			this.parts
				.add(new Segment(text.substring(end, matcher.start()), Placeholder.parse(matcher.group(1), null), ""));
			end = matcher.end();
		}
		this.parts.add(new Segment(text.substring(end), null, ""));
	}

	/**
	 * Reads a template.
	 * @throws IllegalArgumentException if it is empty, too long or names no value
	 */
	static TextTemplate parse(String text) {
		TextTemplate template = new TextTemplate(text);
		if (text.isEmpty() || isTooLong(text)) {
			throw new IllegalArgumentException("must have 1 to " + MAX_BYTES + " bytes");
		}
		return template;
	}

	private static boolean isTooLong(String text) {
		return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_BYTES;
	}

	/**
	 * Returns the text for this user; empty if the user lacks a value.
	 * @throws UnsafeValueException if a value may not become part of a text
	 */
	Optional<String> expand(Values values) {
		StringBuilder filled = new StringBuilder();
		for (Segment part : this.parts) {
			Optional<String> expanded = part.expand(values);
			if (expanded.isEmpty()) {
				return expanded;
			}
			filled.append(expanded.get());
		}
		if (isTooLong(filled.toString())) {
			throw new UnsafeValueException(this.text, filled);
		}
		return Optional.of(filled.toString());
	}

	Stream<Placeholder> placeholders() {
		return this.parts.stream().map(Segment::placeholder).flatMap(Stream::ofNullable);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
