package dev.ablyauth.cli;

import java.time.Duration;
import java.util.List;

import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code inspect} says of Ably JWTs that are wrong in one way.
 */
class InspectJwtTests {

	@Test
	void jwtWhenGoodThenNothingToSay() {
		CommandRun.Ended ended = inspect(TestTokens.jwt(""));
		assertThat(ended.warnings()).isEmpty();
		assertThat(ended.notes()).isEmpty();
		assertThat(ended.exitCode()).isZero();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', value = { "{\"alg\":\"RS256\",\"kid\":\"I2E_JQ.OqUdfg\"};alg",
			"{\"alg\":\"hs256\",\"kid\":\"I2E_JQ.OqUdfg\"};alg", "{\"kid\":\"I2E_JQ.OqUdfg\"};alg",
			"{\"alg\":5,\"kid\":\"I2E_JQ.OqUdfg\"};alg-type,alg", "{\"alg\":\"HS256\"};key-name-missing",
			"{\"alg\":\"HS256\",\"kid\":null};key-name-missing", "{\"alg\":\"HS256\",\"kid\":\"OqUdfg\"};key-name-form",
			"{\"alg\":\"HS256\",\"kid\":\"I2E_JQ.Other0\"};other-key",
			"{\"alg\":\"HS256\",\"kid\":\"I2E_JQ.OqUdfg\",\"x-ably-capability\":\"{}\"};unknown-header" })
	void jwtWhenHeaderIsWrongThenSays(String header, String codes) {
		String claims = "{\"iat\":1767225600,\"exp\":1767229200,\"x-ably-capability\":\"" + TestTokens.CAPABILITY
				+ "\"}";
		assertWarnings(TestTokens.jwt(header, claims), codes);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', value = { "\"iat\":1767225600;exp-missing",
			"\"exp\":1767229200;iat-missing", "\"iat\":1767225601,\"exp\":1767229200;iat-in-future",
			"\"iat\":\"1767225600\",\"exp\":1767229200;iat-type", "\"iat\":1767225600.5,\"exp\":1767229200;iat-type",
			"\"iat\":1767225600,\"exp\":1767225600;expired,no-life", "\"iat\":1767222000,\"exp\":1767225599;expired",
			"\"iat\":1767225600,\"exp\":1767225599;expired,no-life",
			"\"iat\":1767225600,\"exp\":1767312001;life-too-long",
			"\"iat\":1767225600000,\"exp\":1767229200000;iat-milliseconds,exp-milliseconds",
			"\"iat\":-9223372036854775808,\"exp\":9223372036854775807;iat-milliseconds,exp-milliseconds",
			"\"iat\":1767225600,\"exp\":99999999999999999999;exp-type" })
	void jwtWhenTimesAreWrongThenSays(String times, String codes) {
		assertWarnings(TestTokens.jwt(TestTokens.HEADER,
				"{" + times + ",\"x-ably-capability\":\"" + TestTokens.CAPABILITY + "\"}"), codes);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`', value = { "\"x-ably-clientId\":\"\";client-id-empty",
			"\"x-ably-clientId\":42;x-ably-clientId-type", "\"x-ably-clientId\":\"a*\";client-id-wildcard",
			"\"x-ably-clientId\":\"a\\nb\";x-ably-clientId-control",
			"\"x-ably-revocation-key\":\"\";revocation-key-empty",
			"\"x-ably-revocation-key\":[\"a\"];x-ably-revocation-key-type",
			"\"x-ably-revocation-key\":\"a\\u2028\";x-ably-revocation-key-control",
			"\"x-ably-clientType\":\"browser\";client-type", "\"x-ably-clientType\":true;x-ably-clientType-type",
			"\"ably.channel.a\":{};ably.channel.a-type", "\"ably.room.a\":1;ably.room.a-type",
			"\"ably.channel.a*\":\"x\";literal-wildcard", "\"ably.room.\":\"x\";resource",
			"\"ably.limits.publish.perAttachment.maxRate.*\":\"5\";publish-limit-type",
			"\"ably.limits.publish.perAttachment.maxRate.*\":-1;publish-limit-type",
			"\"ably.limits.publish.maxRate.*\":5;unknown-claim", "\"x-ably-capabilities\":\"{}\";unknown-claim",
			"\"X-Ably-ClientId\":\"ann\";unknown-claim", "\"x_ably_clientId\":\"ann\";unknown-claim",
			"\"x-ably-clientid\":\"ann\",\"x-ably-foo\":1;unknown-claim,unknown-claim" })
	void jwtWhenClaimIsWrongThenSays(String claim, String codes) {
		assertWarnings(TestTokens.jwt(claim), codes);
	}

	@Test
	void jwtWhenItHasEveryClaimThenNothingToSay() {
		CommandRun.Ended ended = inspect(TestTokens
			.jwt("\"x-ably-clientId\":\"*\",\"x-ably-revocation-key\":\"team-red\","
					+ "\"x-ably-clientType\":\"server\",\"ably.channel.team:red:*\":\"member\",\"ably.room.*\":\"guest\","
					+ "\"ably.limits.publish.perAttachment.maxRate.*\":0.1,\"sub\":\"42\",\"jti\":\"x\",\"ablyx\":1"));
		assertThat(ended.warnings()).isEmpty();
		assertThat(ended.json().toString()).contains("\"identity\":\"any\"", "\"revocationKey\":\"team-red\"",
				"\"clientType\":\"server\"", "\"channelClaims\":{\"team:red:*\":\"member\"}",
				"\"roomClaims\":{\"*\":\"guest\"}", "\"publishLimits\":{\"*\":0.1}");
	}

	@Test
	void jwtWhenAnyCharacterIsChangedThenNeverValid() {
		String jwt = TestTokens.jwt("");
		for (int i = jwt.indexOf('.') + 1; i < jwt.length() - 1; i += 7) {
			char other = (jwt.charAt(i) == 'A') ? 'B' : 'A';
			CommandRun.Ended ended = new CommandRun().withKey()
				.run("inspect", "--json", jwt.substring(0, i) + other + jwt.substring(i + 1));
			assertThat(ended.exitCode()).isPositive();
			assertThat(ended.out()).doesNotContain("\"signature\":\"valid\"");
		}
	}

	@Test
	void jwtWhenKeyIsOldThenItsShortSecretVerifies() {
		assertThat(new CommandRun().withKey(TestKeys.OLD_KEY).run("inspect", "--json", TestTokens.jwt("")).warnings())
			.containsExactly("other-key");
		assertThat(new CommandRun().withKey(TestKeys.KEY_NAME + ":0123456789abcdef")
			.run("inspect", "--json", TestTokens.jwt(""))
			.warnings()).containsExactly("signature");
	}

	@Test
	void jwtWhenKidIsTheWholeKeyThenItsSecretIsNotShown() {
		CommandRun.Ended ended = new CommandRun().run("inspect", TestTokens.jwt(
				TestTokens.HEADER.replace(TestKeys.KEY_NAME, TestKeys.KEY), "{\"iat\":1767225600,\"exp\":1767229200}"));
		assertThat(ended.out()).contains("revoke it").doesNotContain(TestKeys.KEY_SECRET);
	}

	@Test
	void jwtWhenPartsAreStandardBase64ThenSays() {
		String jwt = TestTokens.jwt("");
		assertThat(new CommandRun().run("inspect", "--json", jwt + "=").warnings()).containsExactly("base64");
	}

	@Test
	void jwtWhenKeyHasRevocableTokensThenAnHourIsAllowed() {
		Duration day = Duration.ofHours(2);
		String jwt = TestTokens.jwt(TestTokens.HEADER, "{\"iat\":1767225600,\"exp\":" + (1767225600 + day.toSeconds())
				+ ",\"x-ably-capability\":\"" + TestTokens.CAPABILITY + "\"}");
		assertThat(inspect(jwt).warnings()).isEmpty();
		assertThat(inspect(jwt).notes()).containsExactly("life-over-an-hour");
		assertThat(inspect(jwt, "--revocable-tokens").warnings()).containsExactly("life-too-long");
		assertThat(inspect(TestTokens.jwt(""), "--revocable-tokens").warnings()).isEmpty();
	}

	private static void assertWarnings(String token, String codes) {
		CommandRun.Ended ended = inspect(token);
		assertThat(ended.warnings()).as(ended.out()).containsExactlyElementsOf(List.of(codes.split(",")));
		assertThat(ended.exitCode()).isEqualTo(1);
	}

	private static CommandRun.Ended inspect(String token, String... options) {
		String[] arguments = new String[options.length + 3];
		arguments[0] = "inspect";
		arguments[1] = "--json";
		arguments[2] = token;
		System.arraycopy(options, 0, arguments, 3, options.length);
		return new CommandRun().withKey().run(arguments);
	}

}
