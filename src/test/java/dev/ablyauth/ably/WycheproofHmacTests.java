package dev.ablyauth.ably;

import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HMAC-SHA-256 against Wycheproof's vectors.
 */
class WycheproofHmacTests {

	@Test
	void hmacThenAsWycheproofSays() {
		int checked = 0;
		for (JsonNode group : new JsonMapper().readTree(Corpora.text("wycheproof/hmac_sha256_test.json"))
			.get("testGroups")) {
			int tagBytes = group.get("tagSize").asInt() / Byte.SIZE;
			for (JsonNode test : group.get("tests")) {
				byte[] tag = hmac(hex(test, "key"), hex(test, "msg"));
				assertThat(Arrays.equals(Arrays.copyOf(tag, tagBytes), hex(test, "tag")))
					.as("tcId %s", test.get("tcId"))
					.isEqualTo(test.get("result").asString().equals("valid"));
				checked++;
			}
		}
		assertThat(checked).isEqualTo(174);
	}

	private static byte[] hmac(byte[] key, byte[] message) {
		return new KeySecret(new SecretKeySpec(key, "HmacSHA256")).hmacSha256(message);
	}

	private static byte[] hex(JsonNode test, String field) {
		return HexFormat.of().parseHex(test.get(field).asString());
	}

}
