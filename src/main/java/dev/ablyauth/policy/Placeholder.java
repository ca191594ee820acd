package dev.ablyauth.policy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.ablyauth.session.ClaimPath;
import org.jspecify.annotations.Nullable;

/**
 * A value of the user inside a name: {@code {user.id}}, {@code {claims.team}} or the
 * element of a for-each. {@code |enc} is for values that a name cannot hold as they are,
 * {@code |pseudonym} for those that nobody is to see.
 *
 * @param name as it is written, without filter
 * @param path where in the claims, or null for the user's id and for an element
 * @param filter what becomes of the value
 */
record Placeholder(String name, @Nullable ClaimPath path, Filter filter) {

	private static final Pattern WORD = Pattern.compile("(?!claims?$|user$)\\w{1,40}");

	static final String USER_ID = "user.id";

	private static final String CLAIMS = "claims.";

	/** Begins an encoded value; followed by base64url, so that no two values meet. */
	private static final String ENCODED = "~";

	static Placeholder parse(String text, @Nullable String element) {
		int bar = text.indexOf('|');
		String name = (bar < 0) ? text : text.substring(0, bar);
		Filter filter = (bar < 0) ? Filter.NONE : Filter.of(text.substring(bar + 1));
		if (name.equals(USER_ID) || name.equals(element)) {
			return new Placeholder(name, null, filter);
		}
		if (name.startsWith(CLAIMS) && name.length() > CLAIMS.length()) {
			return new Placeholder(name, new ClaimPath(name.substring(CLAIMS.length())), filter);
		}
		throw new IllegalArgumentException("has the placeholder {" + Quoted.shortened(text)
				+ "}, expected {user.id}, {claims.NAME}" + ((element != null) ? " or {" + element + "}" : "")
				+ ", perhaps with |enc or |pseudonym at the end" + hint(name.strip(), element));
	}

	/** A word alone, and the end of {@code claim.team}, are probably claims. */
	private static String hint(String name, @Nullable String element) {
		String last = name.substring(name.indexOf('.') + 1);
		List<String> near = Stream.of(USER_ID, element, last.isEmpty() ? null : CLAIMS + last)
			.filter(Objects::nonNull)
			.toList();
		String hint = Nearest.hint(name, near);
		return (hint.isEmpty() && name.equals(last) && WORD.matcher(name).matches())
				? "; did you mean \"" + CLAIMS + name + "\"?" : hint;
	}

	/**
	 * Returns the value that may stand in one segment.
	 * @throws UnsafeValueException if there is a value and it may not
	 */
	Optional<String> segmentValue(Values values) {
		Optional<String> filtered = filtered(values);
		if (filtered.isPresent() && !SafeText.isSafe(filtered.get())) {
			throw new UnsafeValueException(this.name, filtered.get());
		}
		return filtered;
	}

	/**
	 * Returns the value for a clientId, which has rules of its own.
	 * @throws UnsafeValueException if there is a value and it is no text
	 */
	Optional<String> filtered(Values values) {
		Object value = value(values);
		if (value == null || value.equals("")) {
			return Optional.empty();
		}
		if (!(value instanceof String text)) {
			throw new UnsafeValueException(this.name, value);
		}
		return Optional.of(switch (this.filter) {
			case NONE -> text;
			case ENC -> ENCODED + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(text));
			case PSEUDONYM -> values.pseudonyms().of(new String(utf8(text), StandardCharsets.UTF_8));
		});
	}

	boolean isPseudonym() {
		return this.filter == Filter.PSEUDONYM;
	}

	/** Tells whether the value, before any filter, is one of some texts. */
	boolean isOneOf(Set<String> texts, Values values) {
		return value(values) instanceof String text && texts.contains(text);
	}

	/**
	 * Tells whether it is the element of a for-each, which has no value outside of it.
	 */
	boolean isElement() {
		return this.path == null && !this.name.equals(USER_ID);
	}

	/** Tells whether the user has no such value. */
	boolean isMissing(Values values) {
		Object value = value(values);
		return value == null || value.equals("");
	}

	private @Nullable Object value(Values values) {
		if (this.path != null) {
			return this.path.find(values.user().claims());
		}
		return this.name.equals(USER_ID) ? values.user().id() : values.element();
	}

	/** Half characters would all become one, and two values would meet. */
	private byte[] utf8(String text) {
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
			throw new UnsafeValueException(this.name, text);
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Returns the name of the value, never the value.
	 */
	@Override
	public String toString() {
		return this.name + ((this.filter == Filter.NONE) ? "" : "|" + this.filter);
	}

	/** What becomes of a value before it stands somewhere. */
	enum Filter {

		/** It stays as it is. */
		NONE,

		/** It is encoded, and can be read back. */
		ENC,

		/** It becomes a keyed hash. */
		PSEUDONYM;

		static Filter of(String name) {
			return switch (name) {
				case "enc" -> ENC;
				case "pseudonym" -> PSEUDONYM;
				default -> throw new IllegalArgumentException("has the filter |" + Quoted.shortened(name)
						+ Nearest.expected(name, List.of("enc", "pseudonym")));
			};
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
