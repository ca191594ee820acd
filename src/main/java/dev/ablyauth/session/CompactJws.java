package dev.ablyauth.session;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

	private static final String MEDIA_TYPE = "application/";

	/**
	 * Reads a token.
	 * @return the token, or empty if it is none: too long, not three parts of unpadded
	 * base64url, not JSON objects
	 */
	static Optional<CompactJws> read(String text) {
		return read(text, CompactJws::decode);
	}

	/**
	 * Reads a token of a signer that puts {@code =} after its base64url, and signs what
	 * it has put there. Each part may also come without.
	 * @return the token, or empty if it is none
	 */
	static Optional<CompactJws> readPadded(String text) {
		return read(text, CompactJws::decodePadded);
	}

	private static Optional<CompactJws> read(String text, Function<String, byte[]> decoder) {
		String[] parts = (text.length() <= MAX_LENGTH) ? text.split("\\.", -1) : new String[0];
		if (parts.length != PARTS) {
			return Optional.empty();
		}
		try {
			byte[] unused = decoder.apply(parts[2]);
			return Optional
				.of(new CompactJws(text, Claims.read(decoder.apply(parts[0])), Claims.read(decoder.apply(parts[1]))));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * RFC 7515 2: without padding, line breaks or other characters. Stricter: only the
	 * one form of these bytes, so that no two tokens are the same one.
	 */
	private static byte[] decode(String part) {
		byte[] bytes = decodePadded(part);
		if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
			throw new IllegalArgumentException("not base64url without padding");
		}
		return bytes;
	}

	/** Likewise only one form, or that form with what RFC 4648 5 puts after it. */
	private static byte[] decodePadded(String part) {
		byte[] bytes = Base64.getUrlDecoder().decode(part);
		String padded = Base64.getUrlEncoder().encodeToString(bytes);
		if (!padded.equals(part) && !padded.replace("=", "").equals(part)) {
			throw new IllegalArgumentException("not base64url");
		}
		return bytes;
	}

	/** The same token, after more was made of its claims. */
	CompactJws with(Map<String, Object> newClaims) {
		return new CompactJws(this.text, this.header, newClaims);
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

	/**
	 * Tells whether the token is of one of these types; without {@code typ} it is a
	 * {@code JWT}. RFC 7515 4.1.9: {@code application/} may be left out.
	 */
	boolean hasType(List<String> types) {
		Object type = this.header.getOrDefault("typ", "JWT");
		return type instanceof String text && types.stream().anyMatch(shortType(text)::equalsIgnoreCase);
	}

	private static String shortType(String type) {
		return type.regionMatches(true, 0, MEDIA_TYPE, 0, MEDIA_TYPE.length()) ? type.substring(MEDIA_TYPE.length())
				: type;
	}

	@Override
	public String toString() {
		return "CompactJws(not shown)";
	}

}
