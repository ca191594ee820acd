package dev.ablyauth.session;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an issuer's token must say, and who the user is then.
 */
class JwtIssuerTests {

	private static final String ISSUER = "https://login.example";

	private static final String SECRET = "a secret that only the app and this server have";

	private static final AppTokens BARE = AppTokens.hs256(ISSUER, SECRET).subject("ann");

	private static final AppTokens GOOD = BARE.audience("my-app");

	private final AppJwtSessions sessions = sessions("jwt[0].audiences=my-app");

	@Test
	void userThenAllThatTheTokenSays() {
		AppUser user = this.sessions.user(GOOD.claim("roles", List.of("member", "admin")).claim("team", 7).token())
			.orElseThrow();
		assertThat(user.id()).isEqualTo("ann");
		assertThat(user.roles()).containsExactly("member", "admin");
		assertThat(user.claims()).containsEntry("team", 7L);
		assertThat(user.source()).isEqualTo(new AppUser.Source("jwt", ISSUER));
		assertThat(user.guest()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://login.example/", "https://login.example ", " https://login.example",
			"HTTPS://login.example", "https://LOGIN.example", "http://login.example", "https://login.example:443",
			"https://login.example.evil.tld", "https://login.exampl", "login.example", "",
			"https://login.example\u0000", "https://login.\u0435xample" })
	void userWhenIssIsNotExactlyTheIssuersThenNoTokenOfOurs(String iss) {
		assertThat(this.sessions.user(GOOD.claim("iss", iss).token())).isEmpty();
	}

	@Test
	void userWhenIssIsNoTextThenNoTokenOfOurs() {
		for (Object iss : Arrays.asList(List.of(ISSUER), Map.of(ISSUER, 1), 1, true, null)) {
			assertThat(this.sessions.user(GOOD.claim("iss", iss).token())).isEmpty();
		}
		assertThat(this.sessions.user(GOOD.without("iss").token())).isEmpty();
	}

	@Test
	void userWhenOneOfTheAudiencesIsOursThenUser() {
		assertThat(this.sessions.user(BARE.audience("other", "my-app").token())).isPresent();
		assertThat(this.sessions.user(BARE.claim("aud", Arrays.asList(1, null, "my-app")).token())).isPresent();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "my-app ", " my-app", "MY-APP", "my-app-2", "my", "", "*", "my-app,other", "my-app other" })
	void userWhenAudienceIsNotExactlyOursThenInvalid(String audience) {
		TestSessions.assertInvalid(this.sessions, BARE.audience(audience).token());
		TestSessions.assertInvalid(this.sessions, BARE.audience(audience, "other").token());
	}

	@Test
	void userWhenAudienceIsMissingOrNoTextThenInvalid() {
		TestSessions.assertInvalid(this.sessions, BARE.token());
		for (Object aud : Arrays.asList(null, 1, true, List.of(), List.of(List.of("my-app")),
				Map.of("my-app", "my-app"))) {
			TestSessions.assertInvalid(this.sessions, BARE.claim("aud", aud).token());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "JWT", "jwt", "at+jwt", "AT+JWT" })
	void userWhenTypeIsAcceptedThenUser(String type) {
		assertThat(this.sessions.user(GOOD.header("typ", type).token())).isPresent();
	}

	/** RFC 7515 4.1.9, RFC 9068 4: the same type, written in full. */
	@ParameterizedTest
	@ValueSource(strings = { "application/at+jwt", "application/AT+JWT", "application/jwt" })
	void userWhenTypeIsWrittenInFullThenUser(String type) {
		assertThat(this.sessions.user(GOOD.header("typ", type).token())).isPresent();
	}

	@Test
	void userWhenNoTypeThenItCountsAsJwt() {
		assertThat(this.sessions.user(GOOD.withoutHeader("typ").token())).isPresent();
		AppJwtSessions strict = sessions("jwt[0].audiences=my-app", "jwt[0].types=at+jwt");
		TestSessions.assertInvalid(strict, GOOD.withoutHeader("typ").token());
	}

	@Test
	void userWhenTypeIsNotAcceptedThenInvalid() {
		for (Object type : List.of("", "JWS", "JOSE", "dpop+jwt", "logout+jwt", "secevent+jwt", "JWT ", "text/jwt", 1,
				List.of("JWT"), Map.of())) {
			TestSessions.assertInvalid(this.sessions, GOOD.header("typ", type).token());
		}
	}

	@Test
	void userWhenIdTokenThenInvalid() {
		for (Object nonce : List.of("n-0S6_WzA2Mj", "", 1, List.of())) {
			TestSessions.assertInvalid(this.sessions, GOOD.claim("nonce", nonce).token());
		}
	}

	@Test
	void userWhenIdTokenAndTheseAreAcceptedThenUser() {
		AppJwtSessions accepting = sessions("jwt[0].audiences=my-app", "jwt[0].accept-id-tokens=true");
		assertThat(accepting.user(GOOD.claim("nonce", "n-0S6_WzA2Mj").token())).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "access, true", "id, false", "Access, false", "'access ', false", "'', false" })
	void userWhenClaimIsRequiredThenItMustHaveThatValue(String value, boolean valid) {
		AppJwtSessions cognito = sessions("jwt[0].required-claims[token_use]=access");
		if (valid) {
			assertThat(cognito.user(BARE.claim("token_use", value).token())).isPresent();
		}
		else {
			TestSessions.assertInvalid(cognito, BARE.claim("token_use", value).token());
		}
	}

	@Test
	void userWhenRequiredClaimIsMissingOrNoTextThenInvalid() {
		AppJwtSessions cognito = sessions("jwt[0].required-claims[token_use]=access");
		TestSessions.assertInvalid(cognito, BARE.token());
		for (Object value : Arrays.asList(null, 1, true, List.of(), List.of(List.of("access")), Map.of("access", 1))) {
			TestSessions.assertInvalid(cognito, BARE.claim("token_use", value).token());
		}
	}

	@Test
	void userWhenRequiredClaimIsAListThenOneOfItIsEnough() {
		AppJwtSessions scoped = sessions("jwt[0].required-claims[scp][0]=chat", "jwt[0].required-claims[scp][1]=all");
		assertThat(scoped.user(BARE.claim("scp", List.of("mail", "all")).token())).isPresent();
		TestSessions.assertInvalid(scoped, BARE.claim("scp", List.of("mail")).token());
	}

	@Test
	void userWhenSeveralClaimsAreRequiredThenEachMustHold() {
		AppJwtSessions both = sessions("jwt[0].required-claims[a]=1", "jwt[0].required-claims[b]=2");
		assertThat(both.user(BARE.claim("a", "1").claim("b", "2").token())).isPresent();
		TestSessions.assertInvalid(both, BARE.claim("a", "1").token());
		TestSessions.assertInvalid(both, BARE.claim("a", "1").claim("b", "1").token());
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app/level", "cognito:level", "a b", "Level_1" })
	void userWhenRequiredClaimHasAnOddNameThenFound(String name) {
		AppJwtSessions odd = sessions("jwt[0].required-claims[" + name + "]=gold");
		assertThat(odd.user(BARE.claim(name, "gold").token())).isPresent();
		TestSessions.assertInvalid(odd, BARE.claim(name, "tin").token());
	}

	@Test
	void userWhenRequiredClaimIsNestedThenFound() {
		AppJwtSessions nested = sessions("jwt[0].required-claims[app_metadata.plan]=gold");
		assertThat(nested.user(BARE.claim("app_metadata", Map.of("plan", "gold")).token())).isPresent();
		TestSessions.assertInvalid(nested, BARE.claim("app_metadata", Map.of("plan", "tin")).token());
		TestSessions.assertInvalid(nested, BARE.claim("plan", "gold").token());
	}

	@Test
	void userWhenRequiredClaimAndAudienceThenBothCount() {
		AppJwtSessions both = sessions("jwt[0].audiences=my-app", "jwt[0].required-claims[use]=access");
		assertThat(both.user(GOOD.claim("use", "access").token())).isPresent();
		TestSessions.assertInvalid(both, GOOD.token());
		TestSessions.assertInvalid(both, BARE.claim("use", "access").token());
	}

	@Test
	void userWhenIdIsNoTextThenInvalid() {
		for (Object id : Arrays.asList(null, 1, 1.5, true, "", List.of("ann"), Map.of("id", "ann"))) {
			TestSessions.assertInvalid(this.sessions, GOOD.claim("sub", id).token());
		}
		TestSessions.assertInvalid(this.sessions, GOOD.without("sub").token());
	}

	@ParameterizedTest
	@ValueSource(strings = { "oid", "https://app/user", "user.id", "cognito:username" })
	void userWhenIdIsAnotherClaimThenThatOne(String path) {
		AppJwtSessions other = sessions("jwt[0].audiences=my-app", "jwt[0].user-id=" + path);
		assertThat(other.user(GOOD.claim(path, "bob").token())).map(AppUser::id).contains("bob");
		TestSessions.assertInvalid(other, GOOD.token());
	}

	@Test
	void userWhenIdIsNestedThenThatOne() {
		AppJwtSessions nested = sessions("jwt[0].audiences=my-app", "jwt[0].user-id=user.id");
		assertThat(nested.user(GOOD.claim("user", Map.of("id", "bob")).token())).map(AppUser::id).contains("bob");
	}

	@ParameterizedTest
	@ValueSource(strings = { "roles", "cognito:groups", "https://app/roles", "https://app.example/roles",
			"realm_access.roles" })
	void userWhenRolesStandInThatClaimThenThese(String path) {
		AppUser user = user(path, GOOD.claim(path, List.of("member", "admin")));
		assertThat(user.roles()).containsExactly("member", "admin");
	}

	@Test
	void userWhenRolesAreNestedThenThese() {
		AppUser keycloak = user("realm_access.roles",
				GOOD.claim("realm_access", Map.of("roles", List.of("member"))).claim("roles", List.of("admin")));
		assertThat(keycloak.roles()).containsExactly("member");
	}

	@Test
	void userWhenRolesIsATextThenThatOneRole() {
		assertThat(user("role", GOOD.claim("role", "admin member")).roles()).containsExactly("admin member");
	}

	@Test
	void userWhenRolesAreNoTextsThenNone() {
		for (Object roles : Arrays.asList(null, 1, true, List.of(), Map.of("admin", true), List.of(List.of("admin")))) {
			assertThat(user("roles", GOOD.claim("roles", roles)).roles()).isEmpty();
		}
		assertThat(user("roles", GOOD).roles()).isEmpty();
		assertThat(user("roles", GOOD.claim("roles", Arrays.asList(1, null, "member"))).roles())
			.containsExactly("member");
	}

	private static AppUser user(String roles, AppTokens token) {
		return sessions("jwt[0].audiences=my-app", "jwt[0].roles=" + roles).user(token.token()).orElseThrow();
	}

	private static AppJwtSessions sessions(String... lines) {
		String[] all = Arrays.copyOf(lines, lines.length + 2);
		all[lines.length] = "jwt[0].issuer=" + ISSUER;
		all[lines.length + 1] = "jwt[0].secret=" + SECRET;
		return TestSessions.withSecrets(Clock.systemUTC(), all);
	}

}
