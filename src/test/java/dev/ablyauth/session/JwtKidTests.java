package dev.ablyauth.session;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.RSAKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A kid finds a key by its exact name, and does nothing else. RFC 8725 3.10.
 */
class JwtKidTests {

	private static final RSAKey KEY = AppTokens.rsaKey("key-1");

	private final JwksServer server = JwksServer.start(KEY);

	private final AppTokens tokens = AppTokens.rs256(this.server.issuer(), KEY).subject("ann").audience("my-app");

	private final AppJwtSessions sessions = sessions(KEY);

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void userWhenKidIsTheKeysThenUser() {
		assertThat(this.sessions.user(this.tokens.token())).isPresent();
	}

	@Test
	void userWhenNoKidThenEveryKeyOfTheIssuerIsTried() {
		assertThat(this.sessions.user(this.tokens.withoutHeader("kid").token())).isPresent();
		AppJwtSessions several = sessions(AppTokens.rsaKey("key-0"), KEY);
		assertThat(several.user(this.tokens.withoutHeader("kid").token())).isPresent();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "key-1 ", " key-1", "KEY-1", "key-1\u0000", "key-1\u0000.pem", "\u0000", "key-1\n",
					"key-2", "../../dev/null", "../../../../../../dev/null", "/dev/null", "file:///dev/null", "C:\\nul",
					"' or 1=1", "' UNION SELECT 'key-1", "key-1'--", "%27", "*", "key-?", "${jndi:ldap://127.0.0.1/}",
					"#{1}", "$(id)", "`id`", "| id", "key-1/../key-1", "\uff4bey-1", "null", "[object Object]" })
	void userWhenKidIsNotExactlyTheKeysThenInvalid(String kid) {
		TestSessions.assertInvalid(this.sessions, this.tokens.kid(kid).token());
	}

	@Test
	void userWhenKidIsAnAddressThenInvalidAndNobodyIsAsked() {
		String address = this.server.jwksUri().toString();
		TestSessions.assertInvalid(this.sessions, this.tokens.kid(address).token());
		TestSessions.assertInvalid(this.sessions, this.tokens.kid(this.server.issuer() + "/").token());
		assertThat(this.server.requests()).isZero();
	}

	@Test
	void userWhenKidIsNoTextThenInvalid() {
		for (Object kid : List.of(1, 1.5, true, List.of("key-1"), List.of(), Map.of("key-1", 1), Map.of())) {
			TestSessions.assertInvalid(this.sessions, this.tokens.header("kid", kid).token());
		}
	}

	@Test
	void userWhenKidHas256CharactersThenLookedUp() {
		assertThat(userOfKeyNamed("k".repeat(256))).isTrue();
	}

	@Test
	void userWhenKidHasMoreThan256CharactersThenInvalidEvenIfThereIsSuchAKey() {
		RSAKey key = new RSAKey.Builder(KEY).keyID("k".repeat(257)).build();
		String token = AppTokens.rs256(this.server.issuer(), key).subject("ann").audience("my-app").token();
		TestSessions.assertInvalid(sessions(key), token);
	}

	@Test
	void userWhenKidIs64KilobytesThenNoToken() {
		assertThat(this.sessions.user(this.tokens.kid("k".repeat(65_536)).token())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../dev/null", "' or 1=1", "\u0000", "a b", "\u00e9", "https://keys.example/1", "" })
	void userWhenTheKeyReallyHasAnOddKidThenUser(String kid) {
		assertThat(userOfKeyNamed(kid)).isTrue();
	}

	private boolean userOfKeyNamed(String kid) {
		RSAKey key = new RSAKey.Builder(KEY).keyID(kid).build();
		String token = AppTokens.rs256(this.server.issuer(), key).subject("ann").audience("my-app").token();
		return sessions(key).user(token).isPresent();
	}

	private AppJwtSessions sessions(RSAKey... keys) {
		return TestSessions.withKeys(Clock.systemUTC(), List.of(keys), "jwt[0].issuer=" + this.server.issuer(),
				"jwt[0].audiences=my-app");
	}

}
