package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JWT in a proxy's header counts if the proxy signed it for this app, and in no other
 * case. RFC 8725 3.
 */
class JwtAssertionTests {

	private static final String HEADER = "X-Goog-IAP-JWT-Assertion";

	private static final String ISSUER = "https://cloud.google.com/iap";

	private static final String AUDIENCE = "/projects/123456789/global/backendServices/987654321";

	private static final ECKey EC = AppTokens.ecKey(Curve.P_256, "ec-1");

	private static final RSAKey RSA = AppTokens.rsaKey("rsa-1");

	private final JwksServer keys = JwksServer.start(EC, RSA);

	private final JwksServer stranger = JwksServer.start(AppTokens.rsaKey("rsa-1"));

	private final ProxySessions google = sessions("ES256");

	private final ProxySessions cloudflare = sessions("RS256");

	@AfterEach
	void close() {
		this.google.close();
		this.cloudflare.close();
		this.keys.close();
		this.stranger.close();
	}

	@Test
	void userWhenSignedForThisAppThenUserUntilTheAssertionEnds() {
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		AppTokens token = ec().claim("exp", now.plusSeconds(600).getEpochSecond())
			.claim("email", "ann@example.com")
			.claim("groups", List.of("staff", "admins"));
		assertThat(this.google.user(header(token.token()))).hasValueSatisfying((user) -> {
			assertThat(user.id()).isEqualTo("iap:ann");
			assertThat(user.roles()).containsExactly("staff", "admins");
			assertThat(user.claims()).containsEntry("email", "ann@example.com");
			assertThat(user.source()).isEqualTo(new AppUser.Source("proxy-assertion", ISSUER));
			assertThat(user.expires()).isEqualTo(now.plusSeconds(600));
		});
		assertThat(this.cloudflare.outcome(header(rsa().token()))).isEqualTo("iap:ann");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "   " })
	void userWhenHeaderIsEmptyThenNotThisKind(String value) {
		assertThat(this.google.outcome(header(value))).isEmpty();
		assertThat(this.google.outcome(TestCredentials.none())).isEmpty();
	}

	@Test
	void userWhenHeaderIsThereTwiceThenInvalid() {
		String token = ec().token();
		assertThat(this.google.outcome(header(token).header(HEADER, token))).isEqualTo("invalid-session");
		assertThat(this.google.outcome(header(token).header(HEADER, ""))).isEqualTo("invalid-session");
		assertThat(this.google.outcome(header(token + ", " + token))).isEqualTo("invalid-session");
	}

	@Test
	void userWhenTokenComesAnotherWayThenNotThisKind() {
		String token = ec().token();
		assertThat(this.google.outcome(TestCredentials.bearer(token))).isEmpty();
		assertThat(this.google.outcome(TestCredentials.cookie(HEADER, token))).isEmpty();
		assertThat(this.google.outcome(TestCredentials.none().header("X-Goog-Authenticated-User-Id", token))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ann", "a.b", "a.b.c", "..", "...", "a.b.c.d.e", "e30.e30.", "null", "{}", "Bearer x" })
	void userWhenMalformedThenInvalid(String value) {
		assertThat(this.google.outcome(header(value))).isEqualTo("invalid-session");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("forgeries")
	void userWhenForgedThenInvalid(String what, BiFunction<AppTokens, JwtAssertionTests, String> forgery) {
		assertThat(this.google.outcome(header(forgery.apply(ec(), this)))).isEqualTo("invalid-session");
		assertThat(this.cloudflare.outcome(header(forgery.apply(rsa(), this)))).isEqualTo("invalid-session");
		assertThat(this.stranger.requests()).isZero();
	}

	static Stream<Arguments> forgeries() {
		return Stream.of(changed("another issuer", (token) -> token.claim("iss", "https://accounts.google.com")),
				changed("issuer with a slash", (token) -> token.claim("iss", ISSUER + "/")),
				changed("no issuer", (token) -> token.without("iss")),
				changed("issuer in a list", (token) -> token.claim("iss", List.of(ISSUER))),
				changed("another audience", (token) -> token.audience("/projects/1/global/backendServices/2")),
				changed("audience in other case", (token) -> token.audience(AUDIENCE.toUpperCase(Locale.ROOT))),
				changed("no audience", (token) -> token.without("aud")),
				changed("audience as object", (token) -> token.claim("aud", Map.of(AUDIENCE, true))),
				changed("expired", (token) -> token.expiresIn(Duration.ofSeconds(-31))),
				changed("no exp", (token) -> token.without("exp")),
				changed("exp as text", (token) -> token.claim("exp", "9999999999")),
				changed("exp too large", (token) -> token.claim("exp", 1e308)),
				changed("not yet", (token) -> token.claim("nbf", Instant.now().getEpochSecond() + 60)),
				changed("issued in the future", (token) -> token.claim("iat", Instant.now().getEpochSecond() + 60)),
				changed("no user", (token) -> token.without("sub")),
				changed("an empty user", (token) -> token.subject("")),
				changed("a user that is a number", (token) -> token.claim("sub", 1)),
				changed("an ID token", (token) -> token.claim("nonce", "n-0S6_WzA2Mj")),
				changed("an access token", (token) -> token.header("typ", "at+jwt")),
				changed("a logout token", (token) -> token.header("typ", "logout+jwt")),
				changed("crit", (token) -> token.header("crit", List.of("exp"))),
				changed("zip", (token) -> token.header("zip", "DEF")),
				changed("b64", (token) -> token.header("b64", false)),
				changed("alg none", (token) -> token.header("alg", "none")),
				changed("alg NONE", (token) -> token.header("alg", "NONE")),
				changed("alg of the other family", (token) -> token.header("alg", "PS256")),
				changed("kid of another key", (token) -> token.kid("ec-2")),
				changed("duplicate sub",
						(token) -> token.payload("{\"iss\":\"" + ISSUER + "\",\"aud\":\"" + AUDIENCE
								+ "\",\"exp\":9999999999,\"sub\":\"ann\",\"sub\":\"eve\"}")),
				forged("jku of a stranger", (token, test) -> strangers().header("jku", test.strangersKeys()).token()),
				forged("x5u of a stranger", (token, test) -> strangers().header("x5u", test.strangersKeys()).token()),
				forged("kid that is an address", (token, test) -> strangers().kid(test.strangersKeys()).token()),
				forged("jwk of a stranger",
						(token, test) -> strangers().header("jwk", EC_STRANGER.toPublicJWK().toJSONObject()).token()),
				forged("key of a stranger", (token, test) -> strangers().token()),
				forged("no signature", (token, test) -> without(token.token())),
				forged("alg none without signature", (token, test) -> without(token.header("alg", "none").token())),
				forged("HS256 with the PEM of the key", (token, test) -> hs256(pem())),
				forged("HS256 with the DER of the key", (token, test) -> hs256(der())),
				forged("HS256 with the JWK of the key",
						(token, test) -> hs256(RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))),
				forged("padded as AWS does", (token, test) -> token.paddedToken()),
				forged("claims of another token",
						(token, test) -> swapped(token.token(), token.subject("eve").token())),
				forged("a bit of the signature", (token, test) -> flipped(token.token())),
				forged("over 8192 characters", (token, test) -> token.claim("x", "x".repeat(8192)).token()));
	}

	private static final ECKey EC_STRANGER = AppTokens.ecKey(Curve.P_256, "ec-1");

	private static Arguments changed(String what, UnaryOperator<AppTokens> change) {
		return forged(what, (token, test) -> change.apply(token).token());
	}

	private static Arguments forged(String what, BiFunction<AppTokens, JwtAssertionTests, String> forgery) {
		return Arguments.of(what, forgery);
	}

	private static AppTokens strangers() {
		return complete(AppTokens.ec(ISSUER, JWSAlgorithm.ES256, EC_STRANGER));
	}

	private String strangersKeys() {
		return this.stranger.jwksUri().toString();
	}

	private static String hs256(byte[] secret) {
		return complete(AppTokens.hs256(ISSUER, secret)).kid("rsa-1").token();
	}

	private static byte[] der() {
		try {
			return ((AsymmetricJWK) RSA).toPublicKey().getEncoded();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] pem() {
		return ("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der())
				+ "\n-----END PUBLIC KEY-----\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	private static String without(String token) {
		return token.substring(0, token.lastIndexOf('.') + 1);
	}

	private static String swapped(String token, String other) {
		String[] parts = token.split("\\.", -1);
		return parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2];
	}

	private static String flipped(String token) {
		int place = token.lastIndexOf('.') + 10;
		char other = (token.charAt(place) != 'A') ? 'A' : 'B';
		return token.substring(0, place) + other + token.substring(place + 1);
	}

	@Test
	void userWhenKeysCannotBeHadThenSourceDown() {
		this.keys.close();
		try (ProxySessions late = sessions("ES256")) {
			assertThat(late.outcome(header(ec().token()))).isEqualTo("session-source-down");
			assertThat(late.outcome(header("rubbish"))).isEqualTo("invalid-session");
			assertThat(late.outcome(TestCredentials.none())).isEmpty();
		}
	}

	/**
	 * Cloudflare's document says more than its keys, Pomerium's may have other keys too.
	 */
	@Test
	void userWhenTheJwksHasMoreThanItMustThenUser() throws Exception {
		JWK okp = JWK.parse("{\"kty\":\"OKP\",\"use\":\"sig\",\"crv\":\"Ed25519\",\"kid\":\"okp-1\","
				+ "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
		this.keys.body("{\"keys\":[" + EC.toPublicJWK().toJSONString() + "," + okp.toJSONString()
				+ "],\"public_cert\":{\"kid\":\"ec-1\",\"cert\":\"-----BEGIN CERTIFICATE-----\"},\"public_certs\":[]}");
		try (ProxySessions late = sessions("ES256")) {
			assertThat(late.outcome(header(ec().token()))).isEqualTo("iap:ann");
		}
	}

	@Test
	void userWhenJwksUriIsNotSetThenDiscovered() {
		List<String> lines = List.of("kind=jwks", "header=" + HEADER, "issuer=" + this.keys.issuer(),
				"audiences=" + AUDIENCE, "algorithms=ES256");
		try (ProxySessions discovering = new ProxySessions(Clock.systemUTC(), lines)) {
			AppTokens token = complete(AppTokens.ec(this.keys.issuer(), JWSAlgorithm.ES256, EC));
			assertThat(discovering.outcome(header(token.token()))).isEqualTo("ann");
			assertThat(this.keys.discoveries()).isEqualTo(1);
		}
	}

	private ProxySessions sessions(String algorithm) {
		return new ProxySessions(Clock.systemUTC(), settings(algorithm));
	}

	private List<String> settings(String algorithm) {
		return List.of("kind=jwks", "header=" + HEADER, "issuer=" + ISSUER, "audiences=" + AUDIENCE,
				"jwks-uri=" + this.keys.jwksUri(), "algorithms=" + algorithm, "roles=groups", "user-id-prefix=iap:");
	}

	private static TestCredentials header(String value) {
		return TestCredentials.none().header(HEADER, value);
	}

	private static AppTokens ec() {
		return complete(AppTokens.ec(ISSUER, JWSAlgorithm.ES256, EC));
	}

	private static AppTokens rsa() {
		return complete(AppTokens.rs256(ISSUER, RSA));
	}

	private static AppTokens complete(AppTokens token) {
		return token.subject("ann").audience(AUDIENCE);
	}

}
