package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie in which a Spring app gives its session id to the browser.
 *
 * @param name of the cookie
 * @param base64 whether the id is in base64, as Spring does by default
 */
record SessionCookie(String name, boolean base64) {

	/** So many cookies of one name are tried, in their order, as Spring does. */
	private static final int MAX_COOKIES = 2;

	private static final int MAX_LENGTH = 256;

	/** No character that means anything in a key or in SQL. */
	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

	/** Session ids that are well-formed; others are no sessions of Spring. */
	List<String> ids(Credentials credentials) {
		return credentials.cookies(this.name)
			.stream()
			.flatMap((value) -> id(value).stream())
			.distinct()
			.limit(MAX_COOKIES)
			.toList();
	}

	private Optional<String> id(String value) {
		if (value.length() > MAX_LENGTH) {
			return Optional.empty();
		}
		return (this.base64 ? decoded(value) : Optional.of(value)).filter((id) -> ID.matcher(id).matches());
	}

	/** Strict: one id has one spelling. */
	private static Optional<String> decoded(String value) {
		try {
			byte[] bytes = Base64.getDecoder().decode(value);
			return Base64.getEncoder().encodeToString(bytes).equals(value)
					? Optional.of(new String(bytes, StandardCharsets.ISO_8859_1)) : Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
