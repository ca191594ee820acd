package dev.ablyauth.cli;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.ablyauth.ably.TestKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens as anybody could make them, also such as no library would sign. Only the JDK is
 * used.
 */
final class TestTokens {

	static final String HEADER = "{\"typ\":\"JWT\",\"alg\":\"HS256\",\"kid\":\"" + TestKeys.KEY_NAME + "\"}";

	static final String CAPABILITY = "{\\\"team:red:*\\\":[\\\"publish\\\",\\\"subscribe\\\"]}";

	private TestTokens() {
	}

	/** A good Ably JWT of an hour with these claims too. */
	static String jwt(String claims) {
		return jwt(HEADER, "{\"iat\":1767225600,\"exp\":1767229200,\"x-ably-capability\":\"" + CAPABILITY + "\""
				+ (claims.isEmpty() ? "" : "," + claims) + "}");
	}

	static String jwt(String header, String claims) {
		String signed = base64Url(header) + "." + base64Url(claims);
		return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(signed));
	}

	/** An Ably JWT of an hour whose capability is that text. */
	static String withCapability(String json) {
		return jwt(HEADER, "{\"iat\":1767225600,\"exp\":1767229200,\"x-ably-capability\":\""
				+ json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
	}

	/**
	 * A TokenRequest with a good mac over its fields, which are texts, numbers, or null.
	 */
	static String tokenRequest(@Nullable Object ttl, @Nullable String capability, @Nullable String clientId,
			@Nullable Object timestamp, @Nullable String nonce) {
		String signed = TestKeys.KEY_NAME + "\n" + line(ttl) + line(capability) + line(clientId) + line(timestamp)
				+ line(nonce);
		return json("keyName", TestKeys.KEY_NAME, "ttl", ttl, "capability", capability, "clientId", clientId,
				"timestamp", timestamp, "nonce", nonce, "mac", Base64.getEncoder().encodeToString(hmac(signed)));
	}

	private static String line(@Nullable Object value) {
		return ((value != null) ? value : "") + "\n";
	}

	/** A JSON object of names and values in turn; a member of null is left out. */
	static String json(@Nullable Object... members) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int i = 0; i < members.length; i += 2) {
			Object value = members[i + 1];
			if (value != null) {
				object.put(String.valueOf(members[i]), value);
			}
		}
		return new JsonMapper().writeValueAsString(object);
	}

	static String base64Url(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] hmac(String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(TestKeys.KEY_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
