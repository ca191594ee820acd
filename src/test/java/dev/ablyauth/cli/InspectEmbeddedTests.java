package dev.ablyauth.cli;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code inspect} says of JWTs with a token for Ably inside, and of Ably Tokens.
 */
class InspectEmbeddedTests {

	private static final String ABLY_TOKEN = "I2E_JQ.CLchevH3hF9c5fmZmbMz5dkLnLbQnrEMvDOr";

	private static final String PLAIN = "{\"typ\":\"JWT\",\"alg\":\"RS256\"}";

	static Stream<Arguments> wrong() {
		String inside = TestTokens.jwt("");
		String claims = "{\"exp\":1767229200,\"x-ably-token\":\"" + inside + "\"}";
		return Stream.of(Arguments.of(jwt(PLAIN, claims.replace("9200", "9201")), "outlives-inside"),
				Arguments.of(jwt(PLAIN, claims.replace("1767229200", "1767225600")), "expired"),
				Arguments.of(jwt(PLAIN, claims.replace("1767229200", "1767229200000")), "exp-milliseconds"),
				Arguments.of(jwt(withToken(inside), claims), "two-inside"),
				Arguments.of(jwt(PLAIN, "{\"x-ably-token\":5}"), "x-ably-token-type"),
				Arguments.of(jwt(PLAIN, "{\"x-ably-token\":\"abc\"}"), "inside"),
				Arguments.of(jwt(PLAIN, "{\"x-ably-token\":\"" + jwt(withToken(inside), "{}") + "\"}"),
						"alg,key-name-missing,iat-missing,exp-missing,unknown-header,capability-missing"),
				Arguments.of(jwt(PLAIN, claims.replace(inside, TestTokens.jwt("\"x-ably-clientId\":\"\""))),
						"client-id-empty"));
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void embeddedWhenWrongThenSays(String token, String codes) {
		CommandRun.Ended ended = new CommandRun().withKey().run("inspect", "--json", token);
		assertThat(ended.warnings()).as(ended.out()).containsExactlyElementsOf(List.of(codes.split(",")));
		assertThat(ended.exitCode()).isEqualTo(1);
	}

	@Test
	void embeddedWhenInsideIsGoodThenItsSignatureIsChecked() {
		CommandRun.Ended ended = new CommandRun().withKey()
			.run("inspect", "--json",
					jwt(PLAIN, "{\"exp\":1767229200,\"x-ably-token\":\"" + TestTokens.jwt("") + "\"}"));
		assertThat(ended.exitCode()).isZero();
		assertThat(ended.json().get("signature").asString()).isEqualTo("not-checked");
		assertThat(ended.json().at("/inside/signature").asString()).isEqualTo("valid");
		assertThat(ended.json().at("/inside/kind").asString()).isEqualTo("ably-jwt");
	}

	@Test
	void encryptedThenTheTokenInItsHeaderIsRead() {
		String jwe = TestTokens.base64Url(withToken(TestTokens.jwt(""))) + ".a2V5.aXY.Y2lwaGVy.dGFn";
		CommandRun.Ended ended = new CommandRun().withKey().run("inspect", "--json", jwe);
		assertThat(ended.exitCode()).isZero();
		assertThat(ended.json().get("place").asString()).isEqualTo("header");
		assertThat(ended.json().at("/inside/signature").asString()).isEqualTo("valid");
	}

	@Test
	void encryptedWhenItsHeaderHasNoTokenThenUnreadable() {
		CommandRun.Ended ended = new CommandRun().run("inspect",
				TestTokens.base64Url(PLAIN) + ".a2V5.aXY.Y2lwaGVy.dGFn");
		assertThat(ended.exitCode()).isEqualTo(2);
		assertThat(ended.err()).contains("is encrypted");
	}

	@Test
	void ablyTokenThenSaysThatOnlyAblyCanReadIt() {
		for (String token : List.of(ABLY_TOKEN, jwt(PLAIN, "{\"x-ably-token\":\"" + ABLY_TOKEN + "\"}"))) {
			CommandRun.Ended ended = new CommandRun().withKey().run("inspect", "--json", token);
			assertThat(ended.exitCode()).isZero();
			assertThat(ended.notes()).containsExactly("opaque");
			assertThat(ended.out()).doesNotContain(ABLY_TOKEN);
		}
	}

	private static String withToken(String inside) {
		return "{\"alg\":\"dir\",\"x-ably-token\":\"" + inside + "\"}";
	}

	private static String jwt(String header, String claims) {
		return TestTokens.jwt(header, claims);
	}

}
