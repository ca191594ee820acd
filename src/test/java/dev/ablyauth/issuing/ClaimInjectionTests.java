package dev.ablyauth.issuing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.auth0.jwt.JWT;
import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.ably.ApiMatcher;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hostile claim values at every place where a placeholder may stand, as JWT and as
 * TokenRequest: none reaches a channel of somebody else.
 */
class ClaimInjectionTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final List<String> TEMPLATES = List.of("org:{claims.v}", "org:{claims.v}:*", "org:{claims.v}:chat",
			"org:*:{claims.v}", "org:user-{claims.v}", "org:{claims.v}-x:*", "[meta]org:{claims.v}",
			"[queue]org-{claims.v}", "{claims.v}:*", "{claims.v}", "org:{claims.v|enc}:*");

	/** Channels that nobody with a value of their own has any business in. */
	private static final List<String> FOREIGN = List.of("victim", "victim:secret", "org:victim", "org:victim:chat",
			"org:victim:secret:deep", "org:chat", "org:a:b", "org:a", "[meta]log", "[meta]channel.lifecycle",
			"[meta]victim", "[meta]org:victim", "[queue]app-q", "[queue]org-victim", "org:null", "null",
			"org:user-victim", "org:user-", "org:-x:a", "org:", "other");

	@TestFactory
	Stream<DynamicTest> issueWhenClaimIsHostileThenNothingForeignIsReached() {
		List<DynamicTest> tests = new ArrayList<>();
		int number = 0;
		for (JsonNode entry : JSON.readTree(ClaimInjectionTests.class.getResourceAsStream("/claim-injection.json"))) {
			String name = ++number + " " + entry.get("category").asString();
			if (!entry.get("category").asString().startsWith("good")) {
				Object value = JSON.treeToValue(entry.get("value"), Object.class);
				tests.add(DynamicTest.dynamicTest(name, () -> assertHarmless(value)));
			}
		}
		assertThat(tests).hasSizeGreaterThan(80);
		return tests.stream();
	}

	@TestFactory
	Stream<DynamicTest> issueWhenClaimIsGoodThenJustItsOwnResource() {
		List<DynamicTest> tests = new ArrayList<>();
		for (JsonNode entry : JSON.readTree(ClaimInjectionTests.class.getResourceAsStream("/claim-injection.json"))) {
			if (entry.get("category").asString().startsWith("good")) {
				String value = entry.get("value").asString();
				tests.add(DynamicTest.dynamicTest(value, () -> assertIssued(value)));
			}
		}
		assertThat(tests).hasSize(8);
		return tests.stream();
	}

	private static void assertIssued(String value) {
		for (String template : TEMPLATES) {
			if (!template.contains("|enc")) {
				assertThat(issue(template, value, Asked.JWT)).containsOnlyKeys(template.replace("{claims.v}", value));
			}
		}
	}

	private static void assertHarmless(@Nullable Object value) {
		for (String template : TEMPLATES) {
			for (Asked asked : List.of(Asked.JWT, Asked.TOKEN_REQUEST)) {
				Map<String, List<String>> issued = issue(template, value, asked);
				assertThat(issued.keySet()).as(template).allSatisfy((resource) -> {
					assertThat(segments(resource)).hasSize(segments(template.replaceAll("\\{.*}", "v")).length);
					assertThat(wildcards(resource)).isEqualTo(wildcards(template));
					assertThat(resource.startsWith("[")).isEqualTo(template.startsWith("["));
				});
				for (String channel : FOREIGN) {
					if (!isOwn(template, value, channel)) {
						assertThat(ApiMatcher.allows(issued, "publish", channel)).as("%s reaches %s", template, channel)
							.isFalse();
					}
				}
			}
		}
	}

	/** A channel whose name holds just the value of this user is not a foreign one. */
	private static boolean isOwn(String template, @Nullable Object value, String channel) {
		return value instanceof String text && !text.isEmpty() && text.matches("[A-Za-z0-9._~@|=+-]+")
				&& ApiMatcher.allows(Map.of(template.replaceAll("\\{.*}", text), List.of("*")), "publish", channel);
	}

	private static String[] segments(String resource) {
		return resource.split(":", -1);
	}

	private static List<Boolean> wildcards(String resource) {
		return Stream.of(segments(resource.replaceAll("\\{.*}", "v"))).map("*"::equals).toList();
	}

	private static Map<String, List<String>> issue(String template, @Nullable Object value, Asked asked) {
		Map<String, Object> claims = new HashMap<>();
		if (value != null) {
			claims.put("v", value);
		}
		TestIssuer issuer = new TestIssuer()
			.policy("rules: [{name: r, allow-leading-placeholder: true, grant: [{channel: '" + template
					+ "', operations: publish}]}]");
		try {
			IssuedToken issued = issuer.issue(TestUsers.user("mal", claims), asked, Wish.NONE);
			String text = (issued.credential() instanceof AblyJwt jwt)
					? JWT.decode(jwt.token()).getClaim("x-ably-capability").asString()
					: ((TokenRequest) issued.credential()).capability();
			return JSON.readValue(text, new TypeReference<Map<String, List<String>>>() {
			});
		}
		catch (Refused refused) {
			assertThat(refused.reason().status()).isEqualTo(403);
			return Map.of();
		}
	}

	@TestFactory
	Stream<DynamicTest> issueWhenUserIdIsHostileThenItIsThatClientIdOrNone() {
		List<DynamicTest> tests = new ArrayList<>();
		for (JsonNode entry : JSON.readTree(ClaimInjectionTests.class.getResourceAsStream("/claim-injection.json"))) {
			if (entry.get("value").isString()) {
				String id = entry.get("value").asString();
				tests.add(DynamicTest.dynamicTest(entry.get("category").asString(), () -> assertOwnClientId(id)));
			}
		}
		return tests.stream();
	}

	private static void assertOwnClientId(String id) {
		try {
			IssuedToken issued = new TestIssuer().issue(TestUsers.user(id, Map.of()), Asked.JWT, Wish.NONE);
			String clientId = JWT.decode(((AblyJwt) issued.credential()).token())
				.getClaim("x-ably-clientId")
				.asString();
			assertThat(clientId).isEqualTo(id).doesNotContain("*", "\n", "\r");
		}
		catch (Refused refused) {
			assertThat(refused.reason().status()).isEqualTo(403);
		}
	}

}
