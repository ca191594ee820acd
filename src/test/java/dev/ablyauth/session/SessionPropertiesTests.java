package dev.ablyauth.session;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

class SessionPropertiesTests {

	private static final String SECRET = "a secret of thirty-two bytes, or";

	@Test
	void bindWhenNothingIsSetThenDefaults() {
		assertThat(TestSessions.settings().jwt()).isEmpty();
		JwtIssuerProperties issuer = issuer("issuer=https://login.example");
		assertThat(issuer).usingRecursiveComparison()
			.isEqualTo(new JwtIssuerProperties("https://login.example", List.of(), Map.of(), List.of("JWT", "at+jwt"),
					false, "", false, null, null, List.of(), "sub", "roles", null, null, null, List.of()));
		assertThat(issuer.jwsAlgorithms()).extracting(Object::toString).containsExactly("RS256");
		assertThat(issuer.secretBytes()).isEmpty();
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		JwtIssuerProperties issuer = issuer("issuer=https://login.example", "audiences=a,b",
				"required-claims[token_use]=access", "types=at+jwt", "accept-id-tokens=true", "user-id-prefix=b:",
				"same-users=true", "jwks-uri=https://keys.example/jwks", "secret=" + SECRET, "algorithms=ES256,PS256",
				"user-id=oid", "roles=realm_access.roles", "max-age=12h", "max-lifetime=1d", "cookie-name=session",
				"logout-audiences=my-app,other-app");
		assertThat(issuer).usingRecursiveComparison()
			.isEqualTo(new JwtIssuerProperties("https://login.example", List.of("a", "b"),
					Map.of("token_use", List.of("access")), List.of("at+jwt"), true, "b:", true,
					URI.create("https://keys.example/jwks"), SECRET, List.of("ES256", "PS256"), "oid",
					"realm_access.roles", Duration.ofHours(12), Duration.ofDays(1), "session",
					List.of("my-app", "other-app")));
		assertThat(issuer.jwsAlgorithms()).extracting(Object::toString).containsExactlyInAnyOrder("ES256", "PS256");
		assertThat(issuer.secretBytes()).isEqualTo(SECRET.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void problemsWhenLogoutAudiencesCannotWorkThenOneLineForEach() {
		String good = "issuer=https://login.example";
		assertThat(issuer(good, "audiences=a", "logout-audiences=my-app").problems("j")).isEmpty();
		assertThat(issuer(good, "audiences=a", "logout-audiences[0]= ").problems("j"))
			.containsExactly("j.logout-audiences: must not be empty");
		assertThat(issuer("issuer=https://" + "x".repeat(500), "audiences=a", "logout-audiences=my-app").problems("j"))
			.containsExactly("j.issuer: must have at most 500 characters and no control characters, to end sessions");
		assertThat(issuer("issuer=https://" + "x".repeat(500), "audiences=a").problems("j")).isEmpty();
	}

	@Test
	void jwsAlgorithmsWhenSecretThenHs256() {
		assertThat(issuer("secret=" + SECRET).jwsAlgorithms()).extracting(Object::toString).containsExactly("HS256");
	}

	/** As the guide writes it. */
	@Test
	void bindWhenRequiredClaimIsWrittenPlainlyThenItsNameIsKept() {
		assertThat(issuer("required-claims.token_use=access").requiredClaims())
			.isEqualTo(Map.of("token_use", List.of("access")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "required-claims: { token_use: [access] }", "required-claims: { token_use: access }",
			"required-claims: { '[token_use]': [access] }" })
	void bindWhenRequiredClaimInYamlThenItsNameIsKept(String line) throws IOException {
		assertThat(yamlIssuer(line).requiredClaims()).isEqualTo(Map.of("token_use", List.of("access")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app/level", "cognito:level", "app_metadata.plan", "Level" })
	void bindWhenRequiredClaimHasAnOddNameThenKeptInBrackets(String name) throws IOException {
		assertThat(yamlIssuer("required-claims: { '[" + name + "]': [gold] }").requiredClaims())
			.isEqualTo(Map.of(name, List.of("gold")));
	}

	@Test
	void toStringThenHidesTheSecret() {
		SessionProperties settings = TestSessions.settings("jwt[0].issuer=https://a.example",
				"jwt[0].secret=" + SECRET);
		assertThat(settings.toString()).contains("https://a.example").doesNotContain(SECRET);
	}

	@Test
	void problemsWhenAllIsRightThenNone() {
		assertThat(problems("issuer=https://login.example", "audiences=a")).isEmpty();
		assertThat(problems("issuer=https://login.example", "required-claims[use]=access")).isEmpty();
		assertThat(problems("issuer=my-login", "audiences=a", "secret=" + SECRET)).isEmpty();
		assertThat(problems("issuer=my-login", "audiences=a", "jwks-uri=https://keys.example/")).isEmpty();
		assertThat(problems("issuer=http://localhost:8080/realms/a", "audiences=a")).isEmpty();
		assertThat(problems("issuer=http://127.0.0.1:8080", "audiences=a")).isEmpty();
		assertThat(problems("issuer=http://[::1]:8080", "audiences=a")).isEmpty();
		assertThat(problems("issuer=https://login.example", "audiences=a",
				"algorithms=RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512"))
			.isEmpty();
	}

	@Test
	void problemsWhenNoSessionKindThenNamed() {
		assertThat(TestSessions.settings().problems("sessions")).singleElement()
			.asString()
			.startsWith("sessions: is missing");
	}

	@Test
	void problemsWhenIssuerIsMissingThenNamed() {
		assertProblem(".issuer: is missing", "audiences=a");
		assertProblem(".issuer: is missing", "issuer=", "audiences=a");
		assertProblem(".issuer: is missing", "audiences=a", "secret=" + SECRET);
	}

	@Test
	void problemsWhenNeitherAudienceNorRequiredClaimThenNamed() {
		assertProblem(".audiences: is missing", "issuer=https://login.example");
		assertProblem(".audiences: is missing", "issuer=https://login.example", "secret=" + SECRET);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "thirty-one bytes are not enough" })
	void problemsWhenSecretIsShortThenNamedAndNotShown(String secret) {
		assertProblem(".secret: is shorter than 32 bytes", "issuer=a", "audiences=a", "secret=" + secret);
	}

	@Test
	void problemsWhenSecretAndKeysThenNamed() {
		assertProblem(".jwks-uri: ", "issuer=a", "audiences=a", "secret=" + SECRET, "jwks-uri=https://keys.example/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "HS256,RS256", "HS384", "none", "hs256" })
	void problemsWhenSecretAndAnotherAlgorithmThenNamed(String algorithms) {
		assertProblem(".algorithms: ", "issuer=a", "audiences=a", "secret=" + SECRET, "algorithms=" + algorithms);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HS256", "RS256,HS256", "none", "NONE", "rs256", "RSA1_5", "EdDSA", "ES256K", "A256KW" })
	void problemsWhenKeysAndAnAlgorithmThatIsNotForThemThenNamed(String algorithms) {
		assertProblem(".algorithms: ", "issuer=https://login.example", "audiences=a", "algorithms=" + algorithms);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://keys.example/", "http://10.0.0.1/", "http://127.0.0.1.evil.invalid/",
			"http://127.evil.invalid/", "http://localhost.evil.tld/", "http://[::2]/", "http://0.0.0.0/",
			"ftp://localhost/", "file:///etc/passwd", "jar:https://a/!/b", "https:keys", "/jwks", "keys.example" })
	void problemsWhenJwksUriIsNotAllowedThenNamed(String uri) {
		assertProblem(".jwks-uri: ", "issuer=https://login.example", "audiences=a", "jwks-uri=" + uri);
	}

	@ParameterizedTest
	@ValueSource(strings = { "my-login", "http://login.example", "login.example", "https://", "https://a b", "https:/a",
			"urn:login" })
	void problemsWhenKeysCannotBeDiscoveredThenNamed(String issuer) {
		assertProblem(".issuer: is no https address", "issuer=" + issuer, "audiences=a");
	}

	@ParameterizedTest
	@CsvSource({ "user-id, user-id=", "user-id, user-id= ", "roles, roles=", "required-claims, required-claims[ ]=a",
			"types, types=", "max-age, max-age=0s", "max-age, max-age=-1s", "max-lifetime, max-lifetime=0s",
			"max-lifetime, max-lifetime=-1s", "cookie-name, cookie-name=", "cookie-name, cookie-name=a b",
			"cookie-name, cookie-name=a;b", "cookie-name, 'cookie-name=a,b'", "cookie-name, cookie-name=a\u00e9" })
	void problemsWhenValueCouldNeverWorkThenNamed(String property, String line) {
		assertThat(problems("issuer=https://login.example", "audiences=a", line)).singleElement()
			.asString()
			.startsWith("sessions.jwt[0]")
			.contains(property);
	}

	@Test
	void problemsWhenIssuerIsThereTwiceThenNamed() {
		assertThat(twoIssuers("https://a.example", "https://a.example", "jwt[1].user-id-prefix=b:")).singleElement()
			.asString()
			.startsWith("sessions.jwt[1].issuer: is there twice");
	}

	@Test
	void problemsWhenTwoIssuersHaveOnePrefixThenNamed() {
		assertThat(twoIssuers("https://a.example", "https://b.example", "jwt[0].same-users=false")).singleElement()
			.asString()
			.startsWith("sessions.jwt[1].user-id-prefix: ");
	}

	@Test
	void problemsWhenTwoIssuersHaveTwoPrefixesOrTheSameUsersThenNone() {
		assertThat(twoIssuers("https://a.example", "https://b.example", "jwt[1].user-id-prefix=b:")).isEmpty();
		assertThat(twoIssuers("https://a.example", "https://b.example", "jwt[1].same-users=true")).isEmpty();
	}

	@Test
	void problemsWhenSeveralThenAllAreNamed() {
		assertThat(problems("secret=short", "jwks-uri=https://a.example/", "algorithms=RS256")).hasSize(5);
	}

	private static List<String> twoIssuers(String first, String second, String line) {
		return TestSessions
			.settings("jwt[0].issuer=" + first, "jwt[0].audiences=a", "jwt[1].issuer=" + second, "jwt[1].audiences=a",
					line)
			.problems("sessions");
	}

	private static void assertProblem(String start, String... lines) {
		assertThat(problems(lines)).singleElement()
			.asString()
			.startsWith("sessions.jwt[0]" + start)
			.doesNotContain(SECRET);
	}

	private static List<String> problems(String... lines) {
		return settings(lines).problems("sessions");
	}

	private static JwtIssuerProperties issuer(String... lines) {
		return settings(lines).jwt().get(0);
	}

	private static SessionProperties settings(String... lines) {
		return TestSessions.settings(
				Stream.concat(Stream.of("jwt[0].user-id-prefix="), Arrays.stream(lines).map((line) -> "jwt[0]." + line))
					.toArray(String[]::new));
	}

	private static JwtIssuerProperties yamlIssuer(String line) throws IOException {
		String yaml = "sessions: { jwt: [ { " + line + " } ] }";
		var sources = new YamlPropertySourceLoader().load("test",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		return new Binder(ConfigurationPropertySources.from(sources)).bind("sessions", SessionProperties.class)
			.get()
			.jwt()
			.get(0);
	}

}
