package dev.ablyauth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Whatever is thrown at {@code inspect}: an answer or one line, and never a mistake of
 * its own.
 */
class InspectorFuzzTests {

	private static final int ROUNDS = 20_000;

	private static final JsonMapper JSON = new JsonMapper();

	private static final Inspector INSPECTOR = new Inspector(CommandRun.START,
			new KnownKey(ApiKey.parse(TestKeys.KEY), Capability.everything(), false), Operations.standard());

	private static final String[] VALUES = { "null", "true", "-1", "1e99", "9223372036854775807", "\"\"", "\"*\"",
			"\"a\\u0000b\"", "\"\\ud800\"", "[]", "{}", "[[]]", "{\"a\":{}}", "\"{}\"", "\"{\\\"a\\\":[\\\"*\\\"]}\"",
			"1767225600", "\"I2E_JQ.OqUdfg\"", "0.5" };

	private static final String[] NAMES = { "alg", "kid", "iat", "exp", "x-ably-capability", "x-ably-clientId",
			"x-ably-token", "x-ably-revocation-key", "x-ably-clientType", "ably.channel.a", "ably.room.*", "ably.",
			"ably.limits.publish.perAttachment.maxRate.x", "keyName", "ttl", "capability", "clientId", "timestamp",
			"nonce", "mac", "", "x-ably-" };

	@Test
	void inspectWhenAnythingIsGivenThenAnAnswerOrOneLine() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		List<String> tokens = tokens();
		for (int i = 0; i < ROUNDS; i++) {
			String token = (i % 2 == 0) ? made(random) : changed(tokens.get(random.nextInt(tokens.size())), random);
			assertThatCode(() -> inspect(token)).as("seed %s, round %s", seed, i).doesNotThrowAnyException();
		}
	}

	private static void inspect(String token) {
		try {
			Answer answer = INSPECTOR.inspectInput(token).answer();
			assertThat(answer.text()).isNotEmpty();
			assertThat(JSON.writeValueAsString(answer.json())).isNotEmpty();
		}
		catch (UnreadableInputException ex) {
			assertThat(ex.getMessage()).isNotEmpty();
		}
	}

	private static String made(Random random) {
		return switch (random.nextInt(3)) {
			case 0 -> object(random);
			case 1 -> TestTokens.jwt(object(random), object(random));
			default -> TestTokens.base64Url(object(random)) + ".." + TestTokens.base64Url("x") + "..";
		};
	}

	private static String object(Random random) {
		List<String> members = new ArrayList<>();
		for (String name : NAMES) {
			if (random.nextBoolean()) {
				members.add("\"" + name + "\":" + VALUES[random.nextInt(VALUES.length)]);
			}
		}
		return "{" + String.join(",", members) + "}";
	}

	private static String changed(String token, Random random) {
		StringBuilder text = new StringBuilder(token);
		for (int i = random.nextInt(4); i >= 0; i--) {
			text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
		}
		return text.toString();
	}

	private static List<String> tokens() {
		List<String> tokens = new ArrayList<>();
		JsonNode vectors = JSON.readTree(InspectorFuzzTests.class.getResourceAsStream("/ably-vectors.json"));
		vectors.get("jwts").forEach((vector) -> tokens.add(vector.get("jwt").asString()));
		vectors.get("tokenRequests").forEach((vector) -> tokens.add(vector.path("wireAblyJs").asString("{}")));
		tokens.removeIf((token) -> token.length() > 1000);
		return tokens;
	}

}
