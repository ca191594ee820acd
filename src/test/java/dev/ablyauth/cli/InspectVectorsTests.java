package dev.ablyauth.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code inspect} over tokens that real SDKs and other libraries made: no false alarm,
 * and nothing wrong unnoticed.
 */
class InspectVectorsTests {

	private static final JsonNode VECTORS = new JsonMapper()
		.readTree(InspectVectorsTests.class.getResourceAsStream("/ably-vectors.json"));

	/** What must be said at least. The key, and what is known of it, is the vector's. */
	private static final Map<String, String> WRONG = Map.ofEntries(Map.entry("bad-01-alg-none", "alg"),
			Map.entry("bad-04-unknown-kid", "other-key"), Map.entry("bad-07-expired", "expired"),
			Map.entry("bad-08-no-exp", "exp-missing"), Map.entry("bad-11-ttl-over-1h-revocable", "life-too-long"),
			Map.entry("bad-12-capability-object", "x-ably-capability-type"),
			Map.entry("bad-15-clientid-empty", "client-id-empty"),
			Map.entry("bad-17-exp-milliseconds", "exp-milliseconds"), Map.entry("bad-18-quoted", "quotes"),
			Map.entry("bad-19-trailing-newline", "white-space"),
			Map.entry("bad-20-no-intersection", "nothing-in-common"));

	@TestFactory
	Stream<DynamicTest> jwtWhenValidThenNoWarning() {
		return each("jwts", (vector) -> {
			CommandRun.Ended ended = run(vector, vector.get("jwt").asString(), CommandRun.START);
			assertThat(ended.warnings()).containsExactlyElementsOf(expected(vector, vector.at("/input/claims")));
			assertThat(ended.exitCode()).isEqualTo(ended.warnings().isEmpty() ? 0 : 1);
			assertThat(signature(ended)).isEqualTo(hasUsableKey(vector) ? "valid" : "not-checked");
		});
	}

	@TestFactory
	Stream<DynamicTest> tokenRequestWhenSignedByAnSdkThenNoWarning() {
		return each("tokenRequests", (vector) -> {
			for (String sdk : List.of("wireAblyJs", "wireAblyJava")) {
				String wire = vector.path(sdk).asString(wire(vector));
				CommandRun.Ended ended = run(vector, wire,
						Instant.ofEpochMilli(vector.at("/input/timestamp").asLong()));
				assertThat(ended.warnings()).as(sdk)
					.containsExactlyElementsOf(expected(vector, new JsonMapper().readTree(wire)));
				assertThat(signature(ended)).isEqualTo("valid");
			}
		});
	}

	@TestFactory
	Stream<DynamicTest> jwtWhenInvalidThenFittingWarning() {
		return each("invalidJwts", (vector) -> {
			List<String> options = new ArrayList<>();
			if (vector.at("/expected/keyRevocableTokens").asBoolean(false)) {
				options.add("--revocable-tokens");
			}
			if (vector.at("/expected/keyCapability").isObject()) {
				options.add("--key-capability=" + vector.at("/expected/keyCapability"));
			}
			Instant now = Instant.ofEpochSecond(vector.at("/expected/clock").asLong(CommandRun.START.getEpochSecond()));
			CommandRun.Ended ended = run(vector, vector.get("jwt").asString(), now, options.toArray(String[]::new));
			assertThat(ended.warnings()).contains(WRONG.get(vector.get("id").asString()));
			assertThat(ended.exitCode()).isEqualTo(1);
		});
	}

	/** The text that was signed, as a TokenRequest: the largest vector has no other. */
	private static String wire(JsonNode vector) {
		String[] lines = vector.get("canonicalText").asString().split("\n", -1);
		return TestTokens.json("keyName", lines[0], "ttl", lines[1].isEmpty() ? null : Long.valueOf(lines[1]),
				"capability", lines[2], "clientId", lines[3], "timestamp", Long.valueOf(lines[4]), "nonce", lines[5],
				"mac", vector.get("mac").asString());
	}

	/**
	 * The vectors are well signed, but some ask for what an auth server must not send.
	 */
	private static List<String> expected(JsonNode vector, JsonNode said) {
		List<String> warnings = new ArrayList<>();
		if (vector.path("length").asInt(0) > 8192) {
			warnings.add("too-long");
		}
		if (said.path("ttl").asInt(-1) == 0) {
			warnings.add("ttl-zero");
		}
		boolean hasCapability = Stream.of("capability", "x-ably-capability", "x-ably-token")
			.anyMatch((name) -> !said.path(name).asString("").isEmpty())
				|| vector.at("/input/header").has("x-ably-token");
		if (!hasCapability) {
			warnings.add("capability-missing");
		}
		return warnings;
	}

	/** One vector has a secret of one character, which no key of Ably has. */
	private static boolean hasUsableKey(JsonNode vector) {
		return vector.get("keySecret").asString().length() >= 8;
	}

	private static CommandRun.Ended run(JsonNode vector, String token, Instant now, String... options) {
		CommandRun run = new CommandRun().at(now);
		if (vector.get("id").asString().contains("-embedded-")) {
			// Its secret is the app's, for the outer JWT.
			run.withKey();
		}
		else if (hasUsableKey(vector)) {
			run.withKey(vector.get("keyName").asString() + ":" + vector.get("keySecret").asString());
		}
		return run.run(Stream.concat(Stream.of("inspect", token, "--json"), Stream.of(options)).toArray(String[]::new));
	}

	private static String signature(CommandRun.Ended ended) {
		JsonNode json = ended.json();
		return (json.has("inside") ? json.get("inside") : json).get("signature").asString();
	}

	private static Stream<DynamicTest> each(String group, java.util.function.Consumer<JsonNode> test) {
		List<DynamicTest> tests = new ArrayList<>();
		VECTORS.get(group)
			.forEach((vector) -> tests
				.add(DynamicTest.dynamicTest(vector.get("id").asString(), () -> test.accept(vector))));
		assertThat(tests).hasSizeGreaterThan(10);
		return tests.stream();
	}

}
