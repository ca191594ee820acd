package dev.ablyauth.session;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * exp, nbf and iat, to the second, with clocks that may differ by 30 of them. RFC 7519
 * 4.1.4 to 4.1.6.
 */
class JwtTimesTests {

	private static final String ISSUER = "https://login.example";

	private static final String SECRET = "a secret that only the app and this server have";

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final Clock CLOCK = Clock.fixed(START, ZoneOffset.UTC);

	private static final long NOW = START.getEpochSecond();

	private static final AppTokens GOOD = AppTokens.hs256(ISSUER, SECRET).at(CLOCK).subject("ann").audience("my-app");

	private final AppJwtSessions sessions = sessions("jwt[0].same-users=false");

	@ParameterizedTest
	@CsvSource({ "exp, -31, false", "exp, -30, false", "exp, -29, true", "exp, 0, true", "exp, 1, true",
			"nbf, -31, true", "nbf, 0, true", "nbf, 29, true", "nbf, 30, true", "nbf, 31, false", "iat, -31, true",
			"iat, 0, true", "iat, 29, true", "iat, 30, true", "iat, 31, false", "iat, -100000000, true" })
	void userWhenTimeIsThatFarFromNowThenDecidedToTheSecond(String claim, long offset, boolean valid) {
		assertDecided(this.sessions, GOOD.claim(claim, NOW + offset), valid);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"1767225900\"", "\"\"", "\"2026-01-01T00:05:00Z\"", "-1", "-1e308", "1e308",
			"1e400", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1767225900000000",
			"[1767225900]", "[]", "{}", "true", "false" })
	void userWhenExpIsNoTimeThenInvalid(String value) {
		assertDecided(this.sessions, withRaw("exp", value), false);
	}

	@Test
	void userWhenExpIsMissingThenInvalid() {
		assertDecided(this.sessions, GOOD.without("exp"), false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"1767225600\"", "\"\"", "-1", "-1e308", "1e308", "1e400", "9223372036854775807",
			"[1767225600]", "[]", "{}", "true", "false" })
	void userWhenNbfOrIatIsNoTimeThenInvalid(String value) {
		assertDecided(this.sessions, withRaw("nbf", value), false);
		assertDecided(this.sessions, withRaw("iat", value), false);
	}

	@Test
	void userWhenNbfOrIatIsNullOrMissingThenUser() {
		assertDecided(this.sessions, GOOD.claim("nbf", null).claim("iat", null), true);
		assertDecided(this.sessions, GOOD.without("iat"), true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1767225900", "1767225900.0", "1767225900.9", "1.7672259e9" })
	void userWhenExpIsANumberThenThatIsTheEndOfTheSession(String value) {
		assertThat(this.sessions.user(withRaw("exp", value).token())).map(AppUser::expires)
			.contains(Instant.parse("2026-01-01T00:05:00Z"));
	}

	@ParameterizedTest
	@CsvSource({ "-3630, true", "-3631, false", "-3600, true", "0, true", "30, true" })
	void userWhenMaxAgeThenIatMustNotBeOlder(long iat, boolean valid) {
		assertDecided(sessions("jwt[0].max-age=1h"), GOOD.claim("iat", NOW + iat), valid);
	}

	/** A token that does not say how old it is must not pass as a new one. */
	@Test
	void userWhenMaxAgeAndNoIatThenInvalid() {
		assertDecided(sessions("jwt[0].max-age=1h"), GOOD.without("iat"), false);
		assertDecided(sessions("jwt[0].max-age=1h"), GOOD.claim("iat", null), false);
	}

	@ParameterizedTest
	@CsvSource({ "-600, 3000, true", "-600, 3001, false", "0, 3600, true", "0, 3601, false", "-3601, 0, false" })
	void userWhenMaxLifetimeThenExpMustNotBeLaterAfterIat(long iat, long exp, boolean valid) {
		assertDecided(sessions("jwt[0].max-lifetime=1h"), GOOD.claim("iat", NOW + iat).claim("exp", NOW + exp), valid);
	}

	/** Else a token of ten years would pass in the last hour of them. */
	@Test
	void userWhenMaxLifetimeAndNoIatThenInvalid() {
		assertDecided(sessions("jwt[0].max-lifetime=1h"), GOOD.without("iat"), false);
	}

	private static AppJwtSessions sessions(String line) {
		return TestSessions.withSecrets(CLOCK, "jwt[0].issuer=" + ISSUER, "jwt[0].audiences=my-app",
				"jwt[0].secret=" + SECRET, line);
	}

	private static AppTokens withRaw(String claim, String value) {
		String rest = claim.equals("exp") ? "" : ",\"exp\":" + (NOW + 300);
		return GOOD.payload("{\"iss\":\"" + ISSUER + "\",\"sub\":\"ann\",\"aud\":\"my-app\",\"" + claim + "\":" + value
				+ rest + "}");
	}

	private static void assertDecided(AppJwtSessions sessions, AppTokens token, boolean valid) {
		if (valid) {
			assertThat(sessions.user(token.token())).map(AppUser::id).contains("ann");
		}
		else {
			TestSessions.assertInvalid(sessions, token.token());
		}
	}

}
