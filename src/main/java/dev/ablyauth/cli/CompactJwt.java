package dev.ablyauth.cli;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import dev.ablyauth.ably.KeySecret;
import dev.ablyauth.session.StrictJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A JWT in its compact form, taken apart and not yet judged. More patient than what the
 * server reads from users: the point is to say what is wrong. RFC 7515, RFC 7516.
 */
final class CompactJwt {

	private static final StrictJson JSON = new StrictJson(10);

	private static final int SIGNED_PARTS = 3;

	private static final int ENCRYPTED_PARTS = 5;

	private final List<String> parts;

	private final JsonNode header;

	private final @Nullable JsonNode claims;

	private CompactJwt(List<String> parts) {
		this.parts = parts;
		this.header = object("header", parts.get(0));
		this.claims = (parts.size() == SIGNED_PARTS) ? object("claims", parts.get(1)) : null;
	}

	/**
	 * Reads a JWT.
	 * @throws UnreadableInputException if it is none
	 */
	static CompactJwt read(String text) {
		List<String> parts = List.of(text.split("\\.", -1));
		if (parts.size() != SIGNED_PARTS && parts.size() != ENCRYPTED_PARTS) {
			throw new UnreadableInputException(
					"This is no Ably JWT (three parts joined by dots), no TokenRequest (a JSON object) and no Ably Token.");
		}
		return new CompactJwt(parts);
	}

	private static JsonNode object(String name, String part) {
		try {
			JsonNode object = JSON.read(decode(part), JsonNode.class);
			if (object.isObject()) {
				return object;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableInputException(
					"The " + name + " of this JWT cannot be read: it " + ex.getMessage() + ".");
		}
		throw new UnreadableInputException("The " + name + " of this JWT cannot be read: it is not a JSON object.");
	}

	/** Takes standard Base64 with padding too. */
	private static byte[] decode(String part) {
		try {
			return Base64.getUrlDecoder().decode(part.replace('+', '-').replace('/', '_').replace("=", ""));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("is not base64url", ex);
		}
	}

	/** RFC 7515 2: base64url without padding. */
	boolean isBase64Url() {
		return this.parts.stream().noneMatch((part) -> part.matches(".*[+/=].*"));
	}

	JsonNode header() {
		return this.header;
	}

	/** Empty if only the holder of another key can read them. */
	@Nullable JsonNode claims() {
		return this.claims;
	}

	/** HS256, whatever the header says: Ably knows no other algorithm. */
	boolean isSignedBy(KeySecret secret) {
		byte[] signed = (this.parts.get(0) + "." + this.parts.get(1)).getBytes(StandardCharsets.US_ASCII);
		try {
			return secret.hasSigned(signed, decode(this.parts.get(2)));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
