package dev.ablyauth.ably;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ApiKeyTests {

	@Test
	void parseWhenKeyThenHasNameAndApp() {
		ApiKey key = ApiKey.parse("I2E_JQ.OqUdfg:EVKVTCBlzLBPYJiCZTsIW_pqylJ9WVRB5K9P19Ap1y0");
		assertThat(key.name().value()).isEqualTo("I2E_JQ.OqUdfg");
		assertThat(key.name().appId()).isEqualTo("I2E_JQ");
		assertThat(key.secret().isShort()).isFalse();
	}

	@Test
	void parseWhenOldKeyThenSecretIsShort() {
		assertThat(ApiKey.parse("28GY6a.RCSMrg:abcdefgh12345678").secret().isShort()).isTrue();
	}

	@Test
	void parseWhenSurroundedByWhiteSpaceThenItIsNotPartOfTheKey() {
		assertThat(ApiKey.parse(" appid.keyid:abcdefgh\n").name().value()).isEqualTo("appid.keyid");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "appid.keyid", ":abcdefghij", "appid:abcdefghij", "appid.key id:abcdefghij",
			"appid.keyid:abcdefg", "appid.keyid:abcde:fghij", "appid.keyid:abcd efghij", "a.b:abcdefghij",
			"appid.keyid:abcdéfghij", "appid.keyid.more:abcdefghij" })
	void parseWhenNoKeyThenRefusedWithoutRepeatingIt(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse(text))
			.withMessageContaining("appId.keyId:secret")
			.withMessageNotContaining("abcd");
	}

	@Test
	void parseWhenNoKeyThenTheMessageSaysWhere() {
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse("appid.keyid"))
			.withMessageContaining("no colon");
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse(":abcdefghij"))
			.withMessageContaining("before the colon");
		assertThatIllegalArgumentException().isThrownBy(() -> ApiKey.parse("appid.keyid:short"))
			.withMessageContaining("after the colon");
	}

	/** RFC 7518 3.2: a key of the size of the hash, 256 bits. */
	@Test
	void isShortThenUnder32Bytes() {
		assertThat(new KeySecret("x".repeat(31)).isShort()).isTrue();
		assertThat(new KeySecret("x".repeat(32)).isShort()).isFalse();
	}

	@Test
	void hasSignedThenOnlyItsOwnHmac() {
		KeySecret secret = new KeySecret("secretsecret");
		byte[] message = { 1, 2, 3 };
		byte[] hmac = secret.hmacSha256(message);
		assertThat(secret.hasSigned(message, hmac)).isTrue();
		assertThat(new KeySecret("othersecret").hasSigned(message, hmac)).isFalse();
		assertThat(secret.hasSigned(new byte[] { 1, 2, 4 }, hmac)).isFalse();
		assertThat(secret.hasSigned(message, new byte[0])).isFalse();
	}

	@Test
	void toStringThenHidesTheSecret() {
		ApiKey key = ApiKey.parse("appid.keyid:secretsecret");
		assertThat(key + " " + key.secret()).isEqualTo("ApiKey(appid.keyid) KeySecret(not shown)");
	}

}
