package dev.ablyauth.standin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import tools.jackson.databind.JsonNode;

/**
 * The parts of a compact JWT, each unpadded base64url of what it says (RFC 7515).
 *
 * @param header the JOSE header
 * @param payloadText the payload as the token carries it
 * @param payload the payload, read
 * @param signed the text under the signature
 * @param signature the signature, still in base64url
 */
record JwtParts(JsonNode header, String payloadText, JsonNode payload, String signed, String signature) {

	static JwtParts of(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3) {
			throw malformed("a JWT has three parts");
		}
		String payload = text(parts[1]);
		bytes(parts[2]); // refuses a signature that is not base64url
		return new JwtParts(object(text(parts[0])), payload, object(payload), parts[0] + "." + parts[1], parts[2]);
	}

	private static JsonNode object(String text) {
		return Json.readObject(text, () -> malformed("a part is not a JSON object"));
	}

	private static String text(String part) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(part))).toString();
		}
		catch (CharacterCodingException ex) {
			throw malformed("a part is not UTF-8");
		}
	}

	private static byte[] bytes(String part) {
		try {
			byte[] decoded = Base64.getUrlDecoder().decode(part);
			if (Base64.getUrlEncoder().withoutPadding().encodeToString(decoded).equals(part)) {
				return decoded;
			}
		}
		catch (IllegalArgumentException ex) {
			// falls through to the refusal
		}
		throw malformed("a part is not unpadded base64url");
	}

	static Refused malformed(String why) {
		return new Refused(40144, 401, "Invalid JWT: " + why);
	}

}
