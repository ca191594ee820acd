package dev.ablyauth.issuing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.auth0.jwt.JWT;
import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.ApiMatcher;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.CapabilityJson;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the issued capability allows, the policy, the wish and the key allow, over a
 * million random cases and an independent matcher; and nothing that all of them allow is
 * lost.
 */
class NeverWidenedTests {

	private static final int CASES = 1_000_000;

	private static final int PROBES = 50;

	private static final List<String> OPERATIONS = List.of("publish", "subscribe", "presence");

	private static final List<String> KINDS = List.of("", "", "", "", "", "", "[meta]", "[queue]");

	private static final JsonMapper JSON = new JsonMapper();

	private static final AppUser ANN = TestUsers.user("ann", Map.of());

	@Test
	void issueWhenRandomThenAllowsJustWhatPolicyWishAndKeyAllow() {
		long seed = System.nanoTime();
		System.out.println("NeverWidenedTests seed " + seed);
		Random random = new Random(seed);
		int allowed = 0;
		for (int i = 0; i < CASES / PROBES; i++) {
			Map<String, List<String>> policy = capability(random);
			Map<String, List<String>> wish = capability(random);
			Map<String, List<String>> key = capability(random);
			Map<String, List<String>> issued = issued(policy, wish, key);
			for (int probe = 0; probe < PROBES; probe++) {
				String channel = KINDS.get(random.nextInt(KINDS.size())) + name(random, List.of("a", "b", "c", "a*"));
				String operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
				boolean expected = ApiMatcher.allows(policy, operation, channel)
						&& ApiMatcher.allows(wish, operation, channel) && ApiMatcher.allows(key, operation, channel);
				assertThat(ApiMatcher.allows(issued, operation, channel))
					.as("seed %d: policy %s, wish %s, key %s: %s on %s", seed, policy, wish, key, operation, channel)
					.isEqualTo(expected);
				allowed += expected ? 1 : 0;
			}
		}
		assertThat(allowed).as("cases in which something was allowed").isGreaterThan(CASES / 100);
	}

	private static Map<String, List<String>> issued(Map<String, List<String>> policy, Map<String, List<String>> wish,
			Map<String, List<String>> key) {
		StringBuilder yaml = new StringBuilder("rules:\n - name: r\n   grant:\n");
		policy.forEach((resource, operations) -> yaml.append("   - {channel: \"")
			.append(resource)
			.append("\", operations: [\"")
			.append(String.join("\",\"", operations))
			.append("\"]}\n"));
		CapabilityJson reader = new CapabilityJson(Operations.standard());
		try {
			IssuedToken token = new TestIssuer().policy(yaml.toString())
				.keyCapability(reader.read(JSON.writeValueAsString(key)))
				.issue(ANN, Asked.JWT, new Wish(null, null, reader.read(JSON.writeValueAsString(wish))));
			String text = JWT.decode(((AblyJwt) token.credential()).token()).getClaim("x-ably-capability").asString();
			return JSON.readValue(text, new TypeReference<Map<String, List<String>>>() {
			});
		}
		catch (Refused refused) {
			return Map.of();
		}
	}

	private static Map<String, List<String>> capability(Random random) {
		Map<String, List<String>> capability = new HashMap<>();
		for (int i = random.nextInt(3); i >= 0; i--) {
			List<String> operations = new ArrayList<>(OPERATIONS);
			operations.removeIf((operation) -> random.nextInt(3) == 0);
			String resource = (random.nextInt(20) == 0) ? "[*]*"
					: KINDS.get(random.nextInt(KINDS.size())) + name(random, List.of("a", "b", "*", "*", "a*"));
			capability.put(resource, operations.isEmpty() ? List.of("*") : operations);
		}
		return capability;
	}

	private static String name(Random random, List<String> segments) {
		StringBuilder name = new StringBuilder(segments.get(random.nextInt(segments.size())));
		for (int i = random.nextInt(3); i > 0; i--) {
			name.append(':').append(segments.get(random.nextInt(segments.size())));
		}
		return name.toString();
	}

}
