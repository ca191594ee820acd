package dev.ablyauth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The user claims of a load balancer count if this load balancer signed them, for this
 * provider and client. AWS, "Authenticate users using an Application Load Balancer".
 */
class AlbAssertionTests {

	private static final String HEADER = "x-amzn-oidc-data";

	private static final ECKey KEY = AlbTokens.key(UUID.randomUUID().toString());

	private static final ECKey STRANGER = AppTokens.ecKey(Curve.P_256, KEY.getKeyID());

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final AlbKeyServer server = AlbKeyServer.start(KEY);

	private final ProxySessions sessions = sessions();

	@AfterEach
	void close() {
		this.sessions.close();
		this.server.close();
	}

	@Test
	void userThenOfTheClaimsUntilTheAssertionEnds() {
		assertThat(this.sessions.user(header(token().paddedToken()))).hasValueSatisfying((user) -> {
			assertThat(user.id()).isEqualTo(AlbTokens.USER);
			assertThat(user.expires()).isEqualTo(Instant.parse("2026-01-01T00:02:00Z"));
			assertThat(user.source()).isEqualTo(new AppUser.Source("proxy-assertion", AlbTokens.ISSUER));
			assertThat(user.claims()).containsEntry("name", "John Doe +/=-_");
		});
		assertThat(this.server.asked()).containsExactly("/keys/" + KEY.getKeyID());
	}

	/** The load balancer pads; should it stop to do so one day, that is right too. */
	@Test
	void userWhenPaddedOrNotThenUser() {
		for (int length = 0; length < 6; length++) {
			AppTokens token = token().claim("x", "x".repeat(length)).header("y", "y".repeat(length));
			assertThat(outcome(token.paddedToken())).isEqualTo(AlbTokens.USER);
			assertThat(outcome(token.token())).isEqualTo(AlbTokens.USER);
			assertThat(outcome(token.paddedToken().replaceAll("=+$", ""))).isEqualTo(AlbTokens.USER);
		}
	}

	@Test
	void userWhenPaddingIsNotAsItWasSignedThenInvalid() {
		AppTokens token = tokenWithPaddingEverywhere();
		assertThat(token.paddedToken().replace("=", "")).hasSizeLessThan(token.paddedToken().length() - 4);
		assertInvalid(token.paddedToken().replace("=", ""));
		assertInvalid(token.paddedToken().replaceFirst("=+", ""));
		assertInvalid(token.paddedToken() + "=");
		assertInvalid(token.paddedToken().replaceFirst("=", "=="));
		assertInvalid(token.paddedToken().replace("=", "%3D"));
		assertInvalid(token.paddedToken().replace("=", " "));
		assertInvalid("=" + token.paddedToken());
	}

	private AppTokens tokenWithPaddingEverywhere() {
		for (int i = 0;; i++) {
			AppTokens token = token().claim("x", "x".repeat(i % 3)).header("y", "y".repeat(i / 3));
			if (Stream.of(token.paddedToken().split("\\.")).allMatch((part) -> part.endsWith("="))) {
				return token;
			}
		}
	}

	/** The other alphabet of RFC 4648, which AWS once used. */
	@Test
	void userWhenNotBase64urlThenInvalid() {
		String token = token().claim("name", "\u00ff\u00fe\u00ff???>>>").paddedToken();
		assertThat(token).containsAnyOf("-", "_");
		assertInvalid(token.replace('-', '+').replace('_', '/'));
		assertThat(outcome(token)).isEqualTo(AlbTokens.USER);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("forgeries")
	void userWhenForgedThenInvalid(String what, UnaryOperator<AppTokens> forgery) {
		assertInvalid(forgery.apply(token()).paddedToken());
		assertInvalid(forgery.apply(token()).token());
	}

	static Stream<Arguments> forgeries() {
		String signer = AlbTokens.SIGNER;
		return Stream.of(forged("another balancer", (token) -> token.header("signer", signer.replace("my-alb", "b"))),
				forged("another account", (token) -> token.header("signer", signer.replace("373508513302", "1"))),
				forged("another region", (token) -> token.header("signer", signer.replace("eu-west-1", "eu-west-2"))),
				forged("signer in other case", (token) -> token.header("signer", signer.toUpperCase(Locale.ROOT))),
				forged("signer and more", (token) -> token.header("signer", signer + "0")),
				forged("signer in a list", (token) -> token.header("signer", List.of(signer))),
				forged("no signer", (token) -> token.withoutHeader("signer")),
				forged("signer in the payload", (token) -> token.withoutHeader("signer").claim("signer", signer)),
				forged("another issuer", (token) -> token.header("iss", "https://evil.example")),
				forged("another issuer in the payload", (token) -> token.claim("iss", "https://evil.example")),
				forged("no issuer in the header", (token) -> token.withoutHeader("iss")),
				forged("another client", (token) -> token.header("client", "another")),
				forged("no client", (token) -> token.withoutHeader("client")),
				forged("client in the payload", (token) -> token.withoutHeader("client").audience(AlbTokens.CLIENT)),
				forged("no exp", (token) -> token.withoutHeader("exp").without("exp")),
				forged("exp as text in the header", (token) -> token.header("exp", "9999999999")),
				forged("exp as text in the payload", (token) -> token.claim("exp", "9999999999")),
				forged("a negative exp in the header", (token) -> token.header("exp", -1)),
				forged("no user", (token) -> token.without("sub")),
				forged("an empty user", (token) -> token.subject("")),
				forged("crit", (token) -> token.header("crit", List.of("exp"))),
				forged("zip", (token) -> token.header("zip", "DEF")),
				forged("alg none", (token) -> token.header("alg", "none")),
				forged("alg RS256", (token) -> token.header("alg", "RS256")),
				forged("alg HS256", (token) -> token.header("alg", "HS256")),
				forged("alg ES384", (token) -> token.header("alg", "ES384")),
				forged("no kid", (token) -> token.withoutHeader("kid")),
				forged("kid in a list", (token) -> token.header("kid", List.of(KEY.getKeyID()))));
	}

	private static Arguments forged(String what, UnaryOperator<AppTokens> forgery) {
		return Arguments.of(what, forgery);
	}

	@Test
	void userWhenAStrangerSignedThenInvalid() {
		assertInvalid(AlbTokens.of(STRANGER, this.clock).paddedToken());
		assertInvalid(AlbTokens.of(STRANGER, this.clock).header("jwk", STRANGER.toPublicJWK().toJSONObject()).token());
		String[] signed = token().paddedToken().split("\\.", -1);
		String[] other = token().subject("eve").paddedToken().split("\\.", -1);
		assertInvalid(signed[0] + "." + other[1] + "." + signed[2]);
		assertInvalid(other[0] + "." + other[1] + "." + signed[2]);
		assertInvalid(signed[0] + "." + signed[1] + ".");
		assertInvalid(signed[0] + "." + signed[1]);
	}

	@Test
	void userWhenPublicKeyIsTheSecretThenInvalid() {
		AppTokens hs256 = AppTokens.hs256(AlbTokens.ISSUER, AlbKeyServer.pem(KEY))
			.at(this.clock)
			.header("iss", AlbTokens.ISSUER)
			.header("client", AlbTokens.CLIENT)
			.header("signer", AlbTokens.SIGNER)
			.kid(KEY.getKeyID())
			.subject("ann");
		assertInvalid(hs256.token());
		assertInvalid(hs256.paddedToken());
	}

	/** Where the two differ, the earlier one counts. */
	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "120, 120, 120", "60, 120, 60", "120, 60, 60", "-, 60, 60", "60, -, 60" })
	void userWhenExpIsInHeaderOrPayloadThenTheEarlierCounts(String header, String payload, long expected) {
		long now = this.clock.instant().getEpochSecond();
		AppTokens token = token().withoutHeader("exp").without("exp");
		token = (header != null) ? token.header("exp", now + Long.parseLong(header)) : token;
		token = (payload != null) ? token.claim("exp", now + Long.parseLong(payload)) : token;
		assertThat(this.sessions.user(header(token.paddedToken()))).map(AppUser::expires)
			.contains(this.clock.instant().plusSeconds(expected));
	}

	@Test
	void userWhenOverThenInvalid() {
		String token = token().paddedToken();
		this.clock.advance(Duration.ofMinutes(2).plusSeconds(29));
		assertThat(outcome(token)).isEqualTo(AlbTokens.USER);
		this.clock.advance(Duration.ofSeconds(1));
		assertInvalid(token);
	}

	/** Older balancers, and providers that are not Cognito. */
	@Test
	void userWhenPayloadHasTheClaimsAloneThenUser() {
		assertThat(outcome(token().without("iss").without("exp").withoutHeader("typ").paddedToken()))
			.isEqualTo(AlbTokens.USER);
		assertThat(outcome(token().claim("nonce", "n").audience("whoever").paddedToken())).isEqualTo(AlbTokens.USER);
	}

	@Test
	void userWhenNoClientIsSetThenAnyClientOfTheBalancer() {
		List<String> lines = new ArrayList<>(List.of(AlbTokens.settings(this.server.uri())));
		lines.removeIf((line) -> line.startsWith("audiences="));
		try (ProxySessions any = new ProxySessions(this.clock, lines)) {
			assertThat(any.outcome(header(token().header("client", "another").paddedToken())))
				.isEqualTo(AlbTokens.USER);
		}
	}

	/**
	 * The dots, slashes and percent signs would lead elsewhere; the last one is too long.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "../", "..", ".", "../keys", "../../etc/passwd", "%2e%2e%2f", "%2e", "a/b", "/", "//",
			"a?b", "a#b", "a b", "a\\b", "a:b", "a@127.0.0.1", "http://127.0.0.1/", " ", "a.pem", "a\u0000", "a\n",
			"\u00e9", "a_b", "a;b", "KEYS/", "12345678901234567890123456789012345678901234567890123456789012345" })
	void userWhenKidCouldLeadElsewhereThenInvalidAndNobodyIsAsked(String kid) {
		this.server.put("", AlbKeyServer.pem(KEY));
		assertInvalid(token().kid(kid).paddedToken());
		assertInvalid(token().kid(kid + KEY.getKeyID()).paddedToken());
		assertInvalid(token().kid("").paddedToken());
		assertInvalid(token().kid("k".repeat(257)).paddedToken());
		assertInvalid(token().kid("k".repeat(10_000)).paddedToken());
		assertThat(this.server.asked()).isEmpty();
	}

	@Test
	void userWhenKidIsAskedForThenAtItsOwnPathAlone() {
		assertInvalid(token().kid("unknown-1").paddedToken());
		assertInvalid(token().kid("--").paddedToken());
		assertInvalid(token().kid("k".repeat(64)).paddedToken());
		assertThat(this.server.asked()).containsExactly("/keys/unknown-1", "/keys/--", "/keys/" + "k".repeat(64));
	}

	@Test
	void userWhenHeaderIsAbsentOrTwiceThenNotThisKindOrInvalid() {
		String token = token().paddedToken();
		assertThat(this.sessions.outcome(TestCredentials.none())).isEmpty();
		assertThat(this.sessions.outcome(header(""))).isEmpty();
		assertThat(this.sessions.outcome(header(token).header("X-Amzn-Oidc-Data", token))).isEqualTo("invalid-session");
		assertThat(this.sessions.outcome(TestCredentials.none().header("x-amzn-oidc-identity", "ann"))).isEmpty();
		assertThat(this.sessions.outcome(TestCredentials.none().header("x-amzn-oidc-accesstoken", token))).isEmpty();
	}

	@Test
	void userWhenKeysCannotBeHadThenSourceDown() {
		this.server.status(503);
		assertThat(outcome(token().paddedToken())).isEqualTo("session-source-down");
	}

	/** What JWS of any other length there is, is none of ES256. */
	@Test
	void userWhenAnotherAlgorithmSignedThenInvalid() {
		ECKey larger = AppTokens.ecKey(Curve.P_384, KEY.getKeyID());
		assertInvalid(AppTokens.ec(AlbTokens.ISSUER, JWSAlgorithm.ES384, larger)
			.at(this.clock)
			.header("iss", AlbTokens.ISSUER)
			.header("client", AlbTokens.CLIENT)
			.header("signer", AlbTokens.SIGNER)
			.header("alg", "ES256")
			.subject("ann")
			.paddedToken());
	}

	private void assertInvalid(String token) {
		assertThat(outcome(token)).isEqualTo("invalid-session");
	}

	private String outcome(String token) {
		return this.sessions.outcome(header(token));
	}

	private static TestCredentials header(String token) {
		return TestCredentials.none().header(HEADER, token);
	}

	private AppTokens token() {
		return AlbTokens.of(KEY, this.clock);
	}

	private ProxySessions sessions() {
		return new ProxySessions(this.clock, List.of(AlbTokens.settings(this.server.uri())));
	}

}
