package dev.ablyauth.session;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A JWT in its compact form, read strictly and not yet verified. RFC 7515, RFC 8725 3.
 *
 * @param text the whole token
 * @param header the header's members
 * @param claims the payload's members
 */
record CompactJws(String text, Map<String, Object> header, Map<String, Object> claims) {

	private static final int MAX_LENGTH = 8192;

	private static final int MAX_KID_LENGTH = 256;

	private static final int PARTS = 3;

	/**
	 * Reads a token.
	 * @return the token, or empty if it is none: too long, not three parts of unpadded
	 * base64url, not JSON objects
	 */
	static Optional<CompactJws> read(String text) {
		String[] parts = (text.length() <= MAX_LENGTH) ? text.split("\\.", -1) : new String[0];
		if (parts.length != PARTS || !isBase64Url(parts[0]) || !isBase64Url(parts[1]) || !isBase64Url(parts[2])) {
			return Optional.empty();
		}
		try {
			return Optional.of(new CompactJws(text, decode(parts[0]), decode(parts[1])));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static boolean isBase64Url(String part) {
		return part.chars()
			.allMatch((c) -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
					|| c == '_');
	}

	private static Map<String, Object> decode(String part) {
		return Claims.read(Base64.getUrlDecoder().decode(part));
	}

	/**
	 * Tells whether the header asks for nothing that this server does not do.
	 * {@code crit}, {@code zip} and {@code b64} change what is verified; {@code kid} is
	 * only a look-up key.
	 */
	boolean hasPlainHeader() {
		return !this.header.containsKey("crit") && !this.header.containsKey("zip") && !this.header.containsKey("b64")
				&& (!this.header.containsKey("kid")
						|| (this.header.get("kid") instanceof String kid && kid.length() <= MAX_KID_LENGTH));
	}

	@Override
	public String toString() {
		return "CompactJws(not shown)";
	}

}
