package dev.ablyauth.session;

import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.ablyauth.ably.Corpora;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signatures and key sets against Wycheproof. Its payloads are no claims, so the text of
 * a token is read strictly with other payloads in their place, and its signature is
 * checked as it stands. The algorithm is the key's, as in settings; the token has no say.
 */
class WycheproofJwsTests {

	private static final String ROCA = "the modulus has the ROCA fingerprint, which this server does not look for: the key"
			+ " is the issuer's own, from the issuer's own address";

	private static final String SYMMETRIC = "a symmetric key in a key set";

	private static final String SAME_AS_357 = "the same text as 357, which is valid";

	private static final Map<Integer, String> SIGNATURES_SEEN_OTHERWISE = Map.ofEntries(
			Map.entry(346, "the key says PS256 and the token PS384"),
			Map.entry(347, "the key says ES521, which is no algorithm"),
			Map.entry(350, "the key says PS256 and the token PS384"),
			Map.entry(351, "the key says ES521, which is no algorithm"), Map.entry(367, SAME_AS_357),
			Map.entry(370, SAME_AS_357), Map.entry(372, "the header has a character that is not base64url"),
			Map.entry(373, "the payload has a character that is not base64url"));

	private static final Map<Integer, String> CRYPTO_SEEN_OTHERWISE = Map.of(46, ROCA, 47,
			"a set of symmetric and other keys, which no issuer of ours can have: see the key sets");

	private static final Map<Integer, String> KEY_SETS_SEEN_OTHERWISE = Map.of(2, SYMMETRIC, 7, ROCA, 13, SYMMETRIC, 14,
			SYMMETRIC, 15, SYMMETRIC);

	@Test
	void signaturesThenAsWycheproofSays() throws ParseException {
		List<JsonNode> groups = groups("json_web_signature_test.json", "");
		assertThat(seenOtherwise(groups)).isEqualTo(SIGNATURES_SEEN_OTHERWISE.keySet());
		assertThat(count(groups)).isEqualTo(401);
	}

	@Test
	void cryptoThenAsWycheproofSays() throws ParseException {
		List<JsonNode> groups = groups("json_web_crypto_test.json", "jws_");
		assertThat(seenOtherwise(groups)).isEqualTo(CRYPTO_SEEN_OTHERWISE.keySet());
		assertThat(count(groups)).isEqualTo(49);
	}

	@Test
	void encryptedThenNoTokens() {
		List<JsonNode> groups = groups("json_web_crypto_test.json", "jwe_");
		assertThat(count(groups)).isEqualTo(34);
		groups.forEach((group) -> group.get("tests")
			.forEach((test) -> assertThat(CompactJws.read(token(test))).as("tcId %s", test.get("tcId")).isEmpty()));
	}

	@Test
	void keySetsThenAsWycheproofSays() {
		List<JsonNode> groups = groups("json_web_key_test.json", "");
		Set<Integer> otherwise = new TreeSet<>();
		for (JsonNode group : groups) {
			try (JwksServer server = JwksServer.start()) {
				server.body(keys(group).toString());
				RemoteKeys keys = new RemoteKeys(new JwksClient(server.issuer(), server.jwksUri(), new HttpFetcher()),
						Clock.systemUTC(), Runnable::run);
				Set<JWSAlgorithm> algorithms = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
				addSeenOtherwise(group, new JwsVerifier(algorithms, keys), otherwise);
			}
		}
		assertThat(otherwise).isEqualTo(KEY_SETS_SEEN_OTHERWISE.keySet());
		assertThat(count(groups)).isEqualTo(26);
	}

	private static Set<Integer> seenOtherwise(List<JsonNode> groups) throws ParseException {
		Set<Integer> otherwise = new TreeSet<>();
		for (JsonNode group : groups) {
			JsonNode keys = keys(group);
			JWKSet set = JWKSet.parse(keys.has("keys") ? keys.toString() : "{\"keys\":[" + keys + "]}");
			addSeenOtherwise(group, new JwsVerifier(algorithms(group, keys), new ImmutableJWKSet<>(set)), otherwise);
		}
		return otherwise;
	}

	private static void addSeenOtherwise(JsonNode group, JwsVerifier verifier, Set<Integer> otherwise) {
		for (JsonNode test : group.get("tests")) {
			if (verifies(verifier, token(test)) != test.get("result").asString().equals("valid")) {
				otherwise.add(test.get("tcId").asInt());
			}
		}
	}

	private static boolean verifies(JwsVerifier verifier, String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3 || CompactJws.read(parts[0] + ".e30." + parts[1]).isEmpty()) {
			return false;
		}
		CompactJws jws = CompactJws.read(parts[0] + ".e30." + parts[2]).orElse(null);
		try {
			return jws != null && verifier.isSignedBy(new CompactJws(token, jws.header(), Map.of()));
		}
		catch (Refused ex) {
			return false;
		}
	}

	/** The key's own, or what the name of the group says. */
	private static Set<JWSAlgorithm> algorithms(JsonNode group, JsonNode keys) {
		List<String> names = new ArrayList<>();
		(keys.has("keys") ? keys.get("keys") : List.of(keys))
			.forEach((key) -> names.add(key.has("alg") ? key.get("alg").asString() : algorithmOf(group)));
		return names.stream().map(JWSAlgorithm::new).collect(Collectors.toSet());
	}

	private static String algorithmOf(JsonNode group) {
		return group.get("comment").asString().startsWith("rsa") ? "RS256" : "ES256";
	}

	private static JsonNode keys(JsonNode group) {
		return group.has("public") ? group.get("public") : group.get("private");
	}

	private static String token(JsonNode test) {
		JsonNode token = test.has("jws") ? test.get("jws") : test.get("jwe");
		return token.isString() ? token.asString() : token.toString();
	}

	private static int count(List<JsonNode> groups) {
		int count = groups.stream().mapToInt((group) -> group.get("tests").size()).sum();
		System.out.println("Wycheproof: " + count + " cases");
		return count;
	}

	private static List<JsonNode> groups(String file, String prefix) {
		List<JsonNode> groups = new ArrayList<>();
		for (JsonNode group : new JsonMapper().readTree(Corpora.text("wycheproof/" + file)).get("testGroups")) {
			if (group.get("comment").asString().startsWith(prefix)) {
				groups.add(group);
			}
		}
		return groups;
	}

}
