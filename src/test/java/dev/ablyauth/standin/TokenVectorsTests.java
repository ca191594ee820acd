package dev.ablyauth.standin;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The checks of the stand-in against the conformance vectors.
 */
class TokenVectorsTests {

	private static final long BASE = 1767225600L;

	private static final String EVERYTHING = "{\"[*]*\":[\"*\"]}";

	private static final JsonNode VECTORS = read();

	private static final JsonNode DOCUMENTED_KEY = VECTORS.path("jwts").get(0);

	static List<JsonNode> jwts() {
		return list("jwts");
	}

	static List<JsonNode> tokenRequests() {
		return list("tokenRequests").stream().filter((vector) -> vector.has("wireAblyJs")).toList();
	}

	@ParameterizedTest
	@MethodSource("jwts")
	void verifyWhenJwtValidThenAccepted(JsonNode vector) {
		boolean embedded = vector.path("payloadText").asString().contains("\"sub\"");
		TokenCheck check = check(embedded ? DOCUMENTED_KEY : vector, EVERYTHING, false, BASE + 1);
		Credential credential = check.verify(vector.path("jwt").asString()).credential();
		JsonNode claims = Json.MAPPER.readTree(credential.claims());
		assertThat(credential.clientId()).isEqualTo(claims.path("x-ably-clientId").asString(null));
	}

	@ParameterizedTest
	@CsvSource({ "bad-01-alg-none, 40144", "bad-04-unknown-kid, 40400", "bad-07-expired, 40142", "bad-08-no-exp, 40144",
			"bad-11-ttl-over-1h-revocable, 40003", "bad-12-capability-object, 40144", "bad-15-clientid-empty, 40012",
			"bad-17-exp-milliseconds, 40144", "bad-18-quoted, 40144", "bad-19-trailing-newline, 40144",
			"bad-20-no-intersection, 40160" })
	void verifyWhenJwtInvalidThenRefusedWithCode(String id, int code) {
		JsonNode vector = list("invalidJwts").stream()
			.filter((candidate) -> id.equals(candidate.path("id").asString()))
			.findFirst()
			.orElseThrow();
		JsonNode expected = vector.path("expected");
		JsonNode keyCapability = expected.path("keyCapability");
		TokenCheck check = check(vector, keyCapability.isObject() ? keyCapability.toString() : EVERYTHING,
				expected.path("keyRevocableTokens").asBoolean(false), expected.path("clock").asLong(BASE + 1));
		assertRefused(code, () -> check.verify(vector.path("jwt").asString()));
		if (expected.path("code").isNumber()) {
			assertThat(expected.path("code").asInt()).isEqualTo(code);
		}
	}

	@Test
	void verifyWhenAnyInvalidVectorThenItIsInTheTable() {
		assertThat(list("invalidJwts")).hasSize(11);
	}

	@ParameterizedTest
	@MethodSource("jwts")
	void verifyWhenSignatureFlippedThenRefused(JsonNode vector) {
		String jwt = vector.path("jwt").asString();
		int at = jwt.lastIndexOf('.') + 1;
		String flipped = jwt.substring(0, at) + ((jwt.charAt(at) == 'A') ? 'B' : 'A') + jwt.substring(at + 1);
		if (!vector.path("payloadText").asString().contains("\"sub\"")) {
			assertRefused(40144, () -> check(vector, EVERYTHING, false, BASE + 1).verify(flipped));
		}
	}

	@Test
	void verifyWhenIssuedInTheFutureThenRefused() {
		TokenCheck check = check(DOCUMENTED_KEY, EVERYTHING, false, BASE - 1);
		assertRefused(40144, () -> check.verify(DOCUMENTED_KEY.path("jwt").asString()));
	}

	@ParameterizedTest
	@MethodSource("tokenRequests")
	void verifyWhenTokenRequestOfAnSdkThenPassesOnceOnly(JsonNode vector) {
		for (String wire : List.of("wireAblyJs", "wireAblyJava")) {
			JsonNode request = Json.MAPPER.readTree(vector.path(wire).asString());
			TokenRequestCheck check = requests(vector, 1);
			String keyName = vector.path("keyName").asString();
			assertThatCode(() -> check.verify(keyName, request)).doesNotThrowAnyException();
			assertRefused(40105, () -> check.verify(keyName, request));
		}
	}

	@ParameterizedTest
	@MethodSource("tokenRequests")
	void verifyWhenMacFlippedThenRefused(JsonNode vector) {
		ObjectNode request = (ObjectNode) Json.MAPPER.readTree(vector.path("wireAblyJs").asString());
		String mac = request.path("mac").asString();
		request.put("mac", ((mac.charAt(0) == 'A') ? "B" : "A") + mac.substring(1));
		assertRefused(40101, () -> requests(vector, 1).verify(vector.path("keyName").asString(), request));
	}

	@ParameterizedTest
	@CsvSource({ "121", "-121" })
	void verifyWhenTimestampStaleThenRefused(int secondsOff) {
		JsonNode vector = VECTORS.path("tokenRequests").get(0);
		JsonNode request = Json.MAPPER.readTree(vector.path("wireAblyJs").asString());
		assertRefused(40104, () -> requests(vector, secondsOff).verify(vector.path("keyName").asString(), request));
	}

	private static TokenRequestCheck requests(JsonNode vector, int secondsLater) {
		long at = vector.path("input").path("timestamp").asLong() + Duration.ofSeconds(secondsLater).toMillis();
		Clock clock = Clock.fixed(Instant.ofEpochMilli(at), ZoneOffset.UTC);
		return new TokenRequestCheck(new StandInKeys(key(vector, EVERYTHING, false)), clock);
	}

	private static TokenCheck check(JsonNode vector, String keyCapability, boolean revocable, long second) {
		Clock clock = Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
		StandInKeys keys = new StandInKeys(key(vector, keyCapability, revocable));
		return new TokenCheck(new JwtCheck(keys, clock), new OpaqueTokens(clock),
				new Revocations(new Connections(), new Journal(), clock));
	}

	private static StandInKey key(JsonNode vector, String capability, boolean revocable) {
		return new StandInKey(vector.path("keyName").asString(), vector.path("keySecret").asString(),
				StandInCapability.parse(capability), revocable);
	}

	private static void assertRefused(int code, Runnable call) {
		assertThatExceptionOfType(Refused.class).isThrownBy(call::run)
			.satisfies((refused) -> assertThat(refused.at("").code()).isEqualTo(code));
	}

	private static List<JsonNode> list(String member) {
		List<JsonNode> vectors = new ArrayList<>();
		VECTORS.path(member).forEach(vectors::add);
		return vectors;
	}

	private static JsonNode read() {
		try (InputStream json = TokenVectorsTests.class.getResourceAsStream("/ably-vectors.json")) {
			return Json.MAPPER.readTree(json);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
