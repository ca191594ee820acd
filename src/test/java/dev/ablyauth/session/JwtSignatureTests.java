package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who signed a token is decided by the settings and the issuer's keys, and by nothing in
 * the token. RFC 8725 3.1, 3.10.
 */
class JwtSignatureTests {

	private static final String ISSUER = "https://login.example";

	private static final String SECRET = "a secret that only the app and this server have";

	private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final RSAKey KEY = AppTokens.rsaKey("key-1");

	private static final RSAKey ATTACKER = AppTokens.rsaKey("attacker");

	private static final AppTokens GOOD = AppTokens.rs256(ISSUER, KEY).subject("ann").audience("my-app");

	private final AppJwtSessions sessions = TestSessions.withKeys(Clock.systemUTC(), List.of(KEY),
			"jwt[0].issuer=" + ISSUER, "jwt[0].audiences=my-app");

	@Test
	void userWhenSignedByTheIssuerThenUser() {
		assertThat(this.sessions.user(GOOD.token())).map(AppUser::id).contains("ann");
	}

	@Test
	void userWhenSignedByAnotherKeyThenInvalid() {
		TestSessions.assertInvalid(this.sessions, forged(ATTACKER).kid("key-1").token());
	}

	@Test
	void userWhenAnyBitIsChangedThenNeverAUser() {
		String token = GOOD.token();
		for (int at = 0; at < token.length(); at++) {
			if (token.charAt(at) == '.') {
				continue;
			}
			char other = BASE64URL.charAt(BASE64URL.indexOf(token.charAt(at)) ^ 1);
			String changed = token.substring(0, at) + other + token.substring(at + 1);
			assertThat(isUser(changed)).as("changed at %s of %s", at, token.length()).isFalse();
		}
	}

	@ParameterizedTest
	@MethodSource("publicKeyTexts")
	void userWhenHs256WithThePublicKeyAsSecretThenInvalid(byte[] secret) {
		AppTokens confused = AppTokens.hs256(ISSUER, secret).subject("ann").audience("my-app");
		TestSessions.assertInvalid(this.sessions, confused.token());
		TestSessions.assertInvalid(this.sessions, confused.kid("key-1").token());
		TestSessions.assertInvalid(this.sessions, confused.header("alg", "RS256").kid("key-1").token());
	}

	static List<byte[]> publicKeyTexts() throws JOSEException {
		byte[] der = KEY.toRSAPublicKey().getEncoded();
		String lines = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
		String pem = "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----";
		List<String> texts = List.of(pem, pem.replace("\n", "\r\n"), lines, lines.replace("\n", ""),
				KEY.toPublicJWK().toJSONString(), KEY.getModulus().toString(),
				"{\"keys\":[" + KEY.toPublicJWK().toJSONString() + "]}");
		List<byte[]> secrets = new ArrayList<>(List.of(der, KEY.getModulus().decode()));
		for (String text : texts) {
			for (String end : List.of("", "\n", "\r\n", "\u0000")) {
				secrets.add((text + end).getBytes(StandardCharsets.UTF_8));
			}
		}
		return secrets;
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "None", "nOnE", "NONE", "", " none", "none ", "HS256", "HS384", "HS512", "RS384",
			"RS512", "PS256", "ES256", "EdDSA", "rs256", "RS256 ", "RS256\u0000", "RSA1_5", "A256GCM", "dir" })
	void userWhenAlgorithmIsNotTheIssuersThenInvalid(String algorithm) {
		String token = GOOD.header("alg", algorithm).token();
		TestSessions.assertInvalid(this.sessions, token);
		TestSessions.assertInvalid(this.sessions, token.substring(0, token.lastIndexOf('.') + 1));
	}

	@Test
	void userWhenAlgorithmIsMissingOrNoTextThenInvalid() {
		TestSessions.assertInvalid(this.sessions, GOOD.withoutHeader("alg").token());
		for (Object value : List.of(1, true, List.of("RS256"), Map.of("RS256", 1))) {
			TestSessions.assertInvalid(this.sessions, GOOD.header("alg", value).token());
		}
		TestSessions.assertInvalid(this.sessions, GOOD.header("alg", null).token());
	}

	@Test
	void userWhenSignatureIsEmptyOrCutThenInvalid() {
		String token = GOOD.token();
		int start = token.lastIndexOf('.') + 1;
		TestSessions.assertInvalid(this.sessions, token.substring(0, start));
		TestSessions.assertInvalid(this.sessions, token.substring(0, start + 4));
		TestSessions.assertInvalid(this.sessions, token.substring(0, token.length() - 2));
		TestSessions.assertInvalid(this.sessions, token + "AA");
	}

	@Test
	void userWhenIssuerHasASecretThenItsKeysDoNotCount() {
		AppJwtSessions shared = TestSessions.withSecrets(Clock.systemUTC(), "jwt[0].issuer=" + ISSUER,
				"jwt[0].audiences=my-app", "jwt[0].secret=" + SECRET);
		AppTokens good = AppTokens.hs256(ISSUER, SECRET).subject("ann").audience("my-app");
		assertThat(shared.user(good.token())).isPresent();
		TestSessions.assertInvalid(shared, GOOD.token());
		TestSessions.assertInvalid(shared,
				AppTokens.hs256(ISSUER, SECRET + " ").audience("my-app").subject("a").token());
		for (String algorithm : List.of("none", "HS384", "HS512", "RS256", "hs256")) {
			TestSessions.assertInvalid(shared, good.header("alg", algorithm).token());
		}
	}

	/** RFC 7515 4.1.4: kid is a hint, and one secret leaves nothing to choose. */
	@Test
	void userWhenIssuerHasASecretAndTokenAKidThenUser() {
		AppJwtSessions shared = TestSessions.withSecrets(Clock.systemUTC(), "jwt[0].issuer=" + ISSUER,
				"jwt[0].audiences=my-app", "jwt[0].secret=" + SECRET);
		AppTokens good = AppTokens.hs256(ISSUER, SECRET).subject("ann").audience("my-app");
		assertThat(shared.user(good.kid("2024-key").token())).isPresent();
	}

	@Test
	void userWhenEcdsaSignatureHasOneCharacterMoreThenNoUser() {
		ECKey key = AppTokens.ecKey(Curve.P_384, "ec");
		AppJwtSessions ec = TestSessions.withKeys(Clock.systemUTC(), List.of(key), "jwt[0].issuer=" + ISSUER,
				"jwt[0].audiences=my-app", "jwt[0].algorithms=ES384");
		String token = AppTokens.ec(ISSUER, JWSAlgorithm.ES384, key).subject("ann").audience("my-app").token();
		assertThat(isUser(ec, token)).isTrue();
		assertThat(isUser(ec, token + "A")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jku", "x5u", "jwk", "x5c", "x5t", "x5t#S256" })
	void userWhenHeaderCarriesOrPointsToAnAttackersKeyThenInvalidAndNobodyIsAsked(String name) {
		try (JwksServer attacker = JwksServer.start(ATTACKER)) {
			Object value = attackersValue(name, attacker);
			TestSessions.assertInvalid(this.sessions, forged(ATTACKER).header(name, value).token());
			TestSessions.assertInvalid(this.sessions, forged(ATTACKER).header(name, value).kid("key-1").token());
			TestSessions.assertInvalid(this.sessions,
					forged(ATTACKER).header(name, value).withoutHeader("kid").token());
			assertThat(attacker.requests()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jku", "x5u", "jwk", "x5c", "x5t", "x5t#S256" })
	void userWhenTheIssuersOwnTokenCarriesOrPointsToAKeyThenThatHasNoEffect(String name) {
		try (JwksServer attacker = JwksServer.start(ATTACKER)) {
			String token = GOOD.header(name, attackersValue(name, attacker)).token();
			assertThat(this.sessions.user(token)).map(AppUser::id).contains("ann");
			assertThat(attacker.requests()).isZero();
		}
	}

	private static Object attackersValue(String name, JwksServer attacker) {
		return switch (name) {
			case "jku", "x5u" -> attacker.jwksUri().toString();
			case "jwk" -> ATTACKER.toPublicJWK().toJSONObject();
			case "x5c" -> List.of("MIIB");
			default -> Base64URL.encode(new byte[name.equals("x5t") ? 20 : 32]).toString();
		};
	}

	@ParameterizedTest
	@ValueSource(strings = { "crit", "zip", "b64" })
	void userWhenHeaderAsksForAnExtensionThenInvalid(String name) {
		for (Object value : List.of(List.of("exp"), List.of("b64"), List.of(), "DEF", "exp", true, false, 1,
				Map.of())) {
			TestSessions.assertInvalid(this.sessions, GOOD.header(name, value).token());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "typ", "cty", "jku", "x5u", "jwk", "x5c", "x5t", "x5t#S256", "kid", "enc", "epk", "iss",
			"sub", "aud", "exp", "url", "nonce", "p2s", "p2c", "iv", "tag", "apu", "ppt", "alg", "whatever" })
	void userWhenHeaderMemberHasAnyTypeThenUserOrInvalidAndNoOtherException(String name) {
		List<Object> values = Arrays.asList(1, -1, 1.5, true, "", " ", "\u0000", "%", "http://[", List.of(), List.of(1),
				List.of(List.of()), Map.of(), Map.of("kty", "RSA"), Map.of("kty", 1), KEY.toJSONObject(),
				Map.of("kty", "oct", "k", "AAAA"), Arrays.asList("a", null), null);
		for (Object value : values) {
			assertThat(isUser(GOOD.header(name, value).token())).as("%s: %s", name, value).isIn(true, false);
			assertThat(isUser(forged(ATTACKER).header(name, value).token())).as("%s: %s", name, value).isFalse();
		}
	}

	private static AppTokens forged(RSAKey key) {
		return AppTokens.rs256(ISSUER, key).subject("ann").audience("my-app");
	}

	private boolean isUser(String token) {
		return isUser(this.sessions, token);
	}

	/** Only a refusal is caught here; anything else that is thrown is a bug. */
	private static boolean isUser(AppJwtSessions sessions, String token) {
		try {
			return sessions.user(token).isPresent();
		}
		catch (Refused ex) {
			assertThat(ex.reason()).isEqualTo(Reason.INVALID_SESSION);
			return false;
		}
	}

}
