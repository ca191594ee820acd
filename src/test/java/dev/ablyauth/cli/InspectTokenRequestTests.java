package dev.ablyauth.cli;

import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.ably.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code inspect} says of TokenRequests.
 */
class InspectTokenRequestTests {

	private static final String CAPABILITY = "{\"a\":[\"publish\",\"subscribe\"]}";

	private static final long NOW = CommandRun.START.toEpochMilli();

	private static final String NONCE = "0123456789abcdef";

	static Stream<Arguments> wrong() {
		return Stream.of(Arguments.of(request(0, CAPABILITY, "ann", NOW, NONCE), "ttl-zero"),
				Arguments.of(request("3600000", CAPABILITY, "ann", NOW, NONCE), "ttl-type"),
				Arguments.of(request(-1, CAPABILITY, "ann", NOW, NONCE), "no-life"),
				Arguments.of(request(86_400_001, CAPABILITY, "ann", NOW, NONCE), "life-too-long"),
				Arguments.of(request(1.5, CAPABILITY, "ann", NOW, NONCE), "ttl-type"),
				Arguments.of(request(3600000, null, "ann", NOW, NONCE), "capability-missing"),
				Arguments.of(request(3600000, "", "ann", NOW, NONCE), "capability-missing"),
				Arguments.of(request(3600000, "{}", "ann", NOW, NONCE), "capability-empty"),
				Arguments.of(request(3600000, "{\"a\":\n[\"publish\"]}", "ann", NOW, NONCE), "capability-control"),
				Arguments.of(request(3600000, CAPABILITY, "", NOW, NONCE), "client-id-empty"),
				Arguments.of(request(3600000, CAPABILITY, "ann\nbob", NOW, NONCE), "clientId-control"),
				Arguments.of(request(3600000, CAPABILITY, "ann", NOW - 120_001, NONCE), "timestamp-not-current"),
				Arguments.of(request(3600000, CAPABILITY, "ann", NOW + 120_001, NONCE), "timestamp-not-current"),
				Arguments.of(request(3600000, CAPABILITY, "ann", NOW / 1000, NONCE), "timestamp-seconds"),
				Arguments.of(request(3600000, CAPABILITY, "ann", null, NONCE), "timestamp-missing"),
				Arguments.of(request(3600000, CAPABILITY, "ann", "" + NOW, NONCE), "timestamp-type"),
				Arguments.of(request(3600000, CAPABILITY, "ann", NOW, "0123456789abcde"), "nonce"),
				Arguments.of(request(3600000, CAPABILITY, "ann", NOW, null), "nonce"),
				Arguments.of(good().replace("\"ann\"", "\"bob\""), "signature"),
				Arguments.of(good().replaceFirst(",\"mac\":\"[^\"]*\"", ""), "mac-missing"),
				Arguments.of(good().replaceFirst("=\"}", "\"}"), "mac-form"),
				Arguments.of(good().replaceFirst("\"mac\":\"[^\"]*\"", "\"mac\":\"-_\""), "mac-form,signature"),
				Arguments.of(good().replace(TestKeys.KEY_NAME, "I2E_JQ.Other0"), "other-key"),
				Arguments.of(good().replace(TestKeys.KEY_NAME, "I2E_JQ"), "key-name-form,signature"),
				Arguments.of(good().replaceFirst("\"keyName\":\"[^\"]*\",", ""), "key-name-missing,signature"),
				Arguments.of(good().replaceFirst("\\{", "{\"clientID\":\"ann\","), "unknown-field"),
				Arguments.of(request(3600000, CAPABILITY, "ann", NOW, NONCE).replaceFirst("\"capability\":\"[^}]*}\"",
						"\"capability\":{}"), "signature,capability-type"));
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void tokenRequestWhenWrongThenSays(String token, String codes) {
		CommandRun.Ended ended = inspect(token);
		assertThat(ended.warnings()).as(ended.out()).containsExactlyElementsOf(List.of(codes.split(",")));
		assertThat(ended.exitCode()).isEqualTo(1);
	}

	@Test
	void tokenRequestWhenGoodThenNothingToSay() {
		for (String token : List.of(good(), request(null, CAPABILITY, null, NOW - 120_000, NONCE))) {
			CommandRun.Ended ended = inspect(token);
			assertThat(ended.warnings()).isEmpty();
			assertThat(ended.notes()).isEmpty();
			assertThat(ended.exitCode()).isZero();
		}
	}

	@Test
	void tokenRequestWhenCapabilityIsNotCanonicalThenOnlyANote() {
		CommandRun.Ended ended = inspect(request(3600000, "{\"b\":[\"subscribe\",\"publish\"]}", "ann", NOW, NONCE));
		assertThat(ended.notes()).containsExactly("not-canonical");
		assertThat(ended.exitCode()).isZero();
	}

	@Test
	void tokenRequestWhenTtlZeroIsSignedAsAblyGoDoesThenValid() {
		String asZero = request("0", CAPABILITY, "ann", NOW, NONCE).replace("\"ttl\":\"0\"", "\"ttl\":0");
		String asNothing = request(null, CAPABILITY, "ann", NOW, NONCE).replaceFirst("\\{", "{\"ttl\":0,");
		for (String token : List.of(asZero, asNothing)) {
			assertThat(inspect(token).json().get("signature").asString()).isEqualTo("valid");
		}
	}

	@Test
	void tokenRequestThenMacAndNonceAreNotPrinted() {
		String mac = good().replaceFirst(".*\"mac\":\"([^\"]*)\".*", "$1");
		assertThat(new CommandRun().withKey().run("inspect", good()).out()).contains("valid")
			.doesNotContain(mac, NONCE);
	}

	private static String good() {
		return request(3600000, CAPABILITY, "ann", NOW, NONCE);
	}

	private static String request(@Nullable Object ttl, @Nullable String capability, @Nullable String clientId,
			@Nullable Object timestamp, @Nullable String nonce) {
		return TestTokens.tokenRequest(ttl, capability, clientId, timestamp, nonce);
	}

	private static CommandRun.Ended inspect(String token) {
		return new CommandRun().withKey().run("inspect", "--json", token);
	}

}
