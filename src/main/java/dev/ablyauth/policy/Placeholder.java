package dev.ablyauth.policy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import dev.ablyauth.session.AppUser;
import dev.ablyauth.session.ClaimPath;
import org.jspecify.annotations.Nullable;

/**
 * A value of the user inside a name: {@code {user.id}} or {@code {claims.team}}, with
 * {@code |enc} for values that a name cannot hold as they are.
 *
 * @param path null for the user's id, else where in the claims
 * @param encoded whether the value is encoded
 */
record Placeholder(@Nullable ClaimPath path, boolean encoded) {

	/** Begins an encoded value; followed by base64url, so that no two values meet. */
	private static final String ENCODED = "~";

	static Placeholder parse(String text) {
		boolean encoded = text.endsWith("|enc");
		String source = encoded ? text.substring(0, text.length() - "|enc".length()) : text;
		if (source.equals("user.id")) {
			return new Placeholder(null, encoded);
		}
		if (source.startsWith("claims.") && source.length() > "claims.".length() && source.indexOf('|') < 0) {
			return new Placeholder(new ClaimPath(source.substring("claims.".length())), encoded);
		}
		throw new IllegalArgumentException("has the placeholder {" + text
				+ "}, expected {user.id} or {claims.NAME}, perhaps with |enc at the end");
	}

	/**
	 * Returns the value that may stand in one segment.
	 * @throws UnsafeValueException if there is a value and it may not
	 */
	Optional<String> segmentValue(AppUser user) {
		Optional<String> raw = raw(user);
		if (raw.isEmpty()) {
			return raw;
		}
		String value = this.encoded ? encode(raw.get()) : raw.get();
		if (!SafeText.isSafe(value)) {
			throw new UnsafeValueException(toString());
		}
		return Optional.of(value);
	}

	/**
	 * Returns the value as it is, for a clientId, which has rules of its own.
	 * @throws UnsafeValueException if there is a value and it is no text
	 */
	Optional<String> raw(AppUser user) {
		Object value = (this.path != null) ? this.path.find(user.claims()) : user.id();
		if (value == null || value.equals("")) {
			return Optional.empty();
		}
		if (value instanceof String text) {
			return Optional.of(text);
		}
		throw new UnsafeValueException(toString());
	}

	private String encode(String value) {
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
			throw new UnsafeValueException(toString());
		}
		return ENCODED + Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the name of the value, never the value.
	 */
	@Override
	public String toString() {
		return (this.path != null) ? "claims." + this.path : "user.id";
	}

}
