package dev.ablyauth.ably;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text functions against what ably-js and ably-java signed for the same input, also
 * for inputs that the public API of this room refuses.
 */
class AblyVectorsTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final JsonNode VECTORS = JSON
		.readTree(AblyVectorsTests.class.getResourceAsStream("/ably-vectors.json"));

	@TestFactory
	Stream<DynamicTest> tokenRequestWhenSignedThenTextAndMacAreThoseOfTheSdks() {
		return each("tokenRequests", (vector) -> {
			assertThat(signedText(vector)).isEqualTo(vector.get("canonicalText").asString());
			assertThat(mac(vector, signedText(vector))).isEqualTo(vector.get("mac").asString());
		});
	}

	@TestFactory
	Stream<DynamicTest> disagreementWhenAblyJsSignedThenTextAndMacAreThoseOfAblyJs() {
		List<JsonNode> signed = new ArrayList<>();
		VECTORS.get("disagreements").forEach((vector) -> {
			// A lone surrogate has no UTF-8 form, so nothing that has one can be signed
			// here.
			if (vector.path("ablyJs").path("canonicalText").isString()
					&& !vector.get("id").asString().contains("lone-surrogate")) {
				signed.add(vector);
			}
		});
		assertThat(signed).hasSize(4);
		return signed.stream().map((vector) -> DynamicTest.dynamicTest(vector.get("id").asString(), () -> {
			assertThat(signedText(vector)).isEqualTo(vector.get("ablyJs").get("canonicalText").asString());
			assertThat(mac(vector, signedText(vector))).isEqualTo(vector.get("ablyJs").get("mac").asString());
		}));
	}

	@TestFactory
	Stream<DynamicTest> jwtWhenSignedThenSaysTheSameAndVerifies() {
		return each("jwts", (vector) -> {
			KeySecret secret = new KeySecret(vector.get("keySecret").asString());
			String jwt = AblyJwtSigner.sign(secret, map(vector.get("input").get("header")),
					map(vector.get("input").get("claims")));
			assertThat(part(jwt, 0)).isEqualTo(JSON.readTree(vector.get("headerText").asString()));
			assertThat(part(jwt, 1)).isEqualTo(JSON.readTree(vector.get("payloadText").asString()));
			Algorithm.HMAC256(vector.get("keySecret").asString()).verify(JWT.decode(jwt));
			assertThat(jwt).isEqualTo(AblyJwtSigner.sign(secret, map(vector.get("input").get("header")),
					map(vector.get("input").get("claims"))));
		});
	}

	private static Stream<DynamicTest> each(String group, Consumer<JsonNode> test) {
		List<DynamicTest> tests = new ArrayList<>();
		VECTORS.get(group)
			.forEach((vector) -> tests
				.add(DynamicTest.dynamicTest(vector.get("id").asString(), () -> test.accept(vector))));
		assertThat(tests).isNotEmpty();
		return tests.stream();
	}

	private static String signedText(JsonNode vector) {
		JsonNode input = vector.get("input");
		return TokenRequestSigner.signedText(vector.get("keyName").asString(),
				input.has("ttl") ? Long.valueOf(input.get("ttl").asLong()) : null, capability(input),
				input.has("clientId") ? input.get("clientId").asString() : null, input.get("timestamp").asLong(),
				input.get("nonce").asString());
	}

	private static @Nullable String capability(JsonNode input) {
		if (input.path("capability").asString("").isEmpty()) {
			return null;
		}
		Map<String, List<String>> capability = new LinkedHashMap<>();
		JSON.readTree(input.get("capability").asString()).forEachEntry((resource, operations) -> {
			List<String> names = new ArrayList<>();
			operations.forEach((operation) -> names.add(operation.asString()));
			capability.put(resource, names);
		});
		return CapabilityText.canonical(capability);
	}

	private static String mac(JsonNode vector, String text) {
		return TokenRequestSigner.mac(new KeySecret(vector.get("keySecret").asString()), text);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> map(JsonNode node) {
		return JSON.convertValue(node, LinkedHashMap.class);
	}

	private static JsonNode part(String jwt, int index) {
		return JSON.readTree(java.util.Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[index]));
	}

}
