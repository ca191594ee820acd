package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token that names an issuer of the settings and is no JWT by the strict rules: no
 * other kind of session may be asked about it.
 */
class NamedIssuersTests {

	private static final String ISSUER = "https://login.example.com/";

	private static final String ISS = "\"iss\":\"" + ISSUER + "\"";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{%,"sub":"ann","sub":"bob"}          | two subjects
			{%,%}                                | the issuer twice
			{"iss":"other",%}                    | two issuers
			{%,"iss":"other"}                    | two issuers, the other way round
			{"a":[[[[[[[[[[[[1]]]]]]]]]]]],%}    | nested too deep, before it
			{%,"a":[[[[[[[[[[[[1]]]]]]]]]]]]}    | nested too deep, after it
			{%,"exp":1e400                       | cut off
			{%} {}                               | more after it
			{%,"n":111111111111111111111111111}  | a number of too many digits
			""")
	void userWhenThePayloadIsOddThenInvalid(String payload, String why) {
		assertThat(outcome("e30." + base64(payload.replace("%", ISS)) + ".c2ln")).as(why).isEqualTo("invalid-session");
	}

	@ParameterizedTest
	@ValueSource(strings = { "e30=.%.c2ln", "e30.%==.c2ln", "e30.%\n.c2ln", "e30.%.c2ln=", "e30.%.", "e30.%.c2ln.e30",
			"nothing.%.c2ln", ".%.", "W10.%.c2ln", "e30.%", ".%" })
	void userWhenTheFormIsOddThenInvalid(String form) {
		assertThat(outcome(form.replace("%", base64("{" + ISS + ",\"sub\":\"ann\"}")))).isEqualTo("invalid-session");
	}

	@Test
	void userWhenTextIsNotUtf8ThenInvalid() {
		byte[] payload = ("{\"sub\":\"\u00fc\"," + ISS + "}").getBytes(StandardCharsets.ISO_8859_1);
		assertThat(outcome("e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload) + ".c2ln"))
			.isEqualTo("invalid-session");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"iss\":\"other\",\"iss\":\"another\"}", "{\"a\":{%},\"a\":1}", "{\"a\":[{%}],\"a\":1}",
			"[%]", "{\"iss\":[\"https://login.example.com/\"],\"a\":1,\"a\":2}", "{\"iss\":{},\"iss\":null}", "{", "",
			"null", "\"iss\"" })
	void userWhenItNamesNoIssuerOfOursThenNotOfThisKind(String payload) {
		assertThat(outcome("e30." + base64(payload.replace("%", ISS)) + ".c2ln")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "...", "opaque", "opaque.token", "e30.e30", "e30.****.c2ln", "e30.A.c2ln" })
	void userWhenNothingLikeAJwtThenNotOfThisKind(String token) {
		assertThat(outcome(token)).isEmpty();
	}

	@Test
	void userWhenItHasThousandsOfLevelsThenInvalid() {
		assertThat(
				outcome("e30." + base64("{\"a\":" + "[".repeat(2_500) + "]".repeat(2_500) + "," + ISS + "}") + ".c2ln"))
			.isEqualTo("invalid-session");
	}

	@Test
	void userWhenLongerThanAnyTokenThenNotLookedAt() {
		assertThat(outcome("e30." + base64("{" + ISS + ",\"a\":\"" + "x".repeat(7_000) + "\"}") + ".c2ln")).isEmpty();
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String outcome(String token) {
		AppJwtSessions sessions = TestSessions.withSecrets(Clock.systemUTC(), "jwt[0].issuer=" + ISSUER,
				"jwt[0].audiences=my-app", "jwt[0].secret=a-secret-of-more-than-32-bytes-of-text");
		return TestServices.outcome(sessions, token);
	}

}
