package dev.ablyauth.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.ablyauth.session.JwtIssuerProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class AdminPropertiesTests {

	private static final String HASH = AdminTokens.hash("one");

	private static final String SECRET = "a secret of thirty-two bytes, or";

	@Test
	void bindWhenNothingIsSetThenNobodyIsAdmin() {
		AdminProperties settings = settings();
		assertThat(settings).isEqualTo(new AdminProperties(null, List.of(), List.of()));
		assertThat(settings.isOff()).isTrue();
		assertThat(settings.problems("admin")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "token-hashes[0]=x", "tokens[0].hash=x", "jwt.issuer=x" })
	void bindWhenAnythingIsSetThenThereIsADoor(String line) {
		assertThat(settings(line).isOff()).isFalse();
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		AdminProperties settings = settings("token-hashes=" + HASH, "tokens[0].hash=" + AdminTokens.hash("two"),
				"tokens[0].scopes=metrics,read", "jwt.issuer=https://login.example", "jwt.audiences=a,b",
				"jwt.scope=urn:x:root", "jwt.jwks-uri=https://keys.example/jwks", "jwt.secret=" + SECRET,
				"jwt.algorithms=ES256");
		assertThat(settings).isEqualTo(new AdminProperties(
				new AdminJwtProperties("https://login.example", List.of("a", "b"), "urn:x:root",
						URI.create("https://keys.example/jwks"), SECRET, List.of("ES256")),
				List.of(HASH), List.of(new AdminTokenProperties(AdminTokens.hash("two"), List.of("metrics", "read")))));
	}

	@Test
	void bindWhenJwtHasItsNeedsThenDefaults() {
		AdminProperties settings = settings("jwt.issuer=https://login.example", "jwt.audiences=a");
		assertThat(settings.jwt()).isEqualTo(new AdminJwtProperties("https://login.example", List.of("a"),
				"ably-auth:admin", null, null, List.of()));
		assertThat(settings.problems("admin")).isEmpty();
	}

	/** What the session room does by default it does here, too. */
	@Test
	void toIssuerThenTheDefaultsOfSessions() {
		JwtIssuerProperties session = new Binder(
				new MapConfigurationPropertySource(Map.of("jwt.issuer", "https://login.example", "jwt.audiences", "a")))
			.bind("jwt", JwtIssuerProperties.class)
			.get();
		assertThat(jwt("jwt.issuer=https://login.example", "jwt.audiences=a").toIssuer()).isEqualTo(session);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			sha256                                                                  | plain word
			sha256:                                                                 | no digits
			sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431   | too short
			sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431edd | too long
			sha256:7692C3AD3540BB803C020B3AEE66CD8887123234EA0C6E7143C0ADD73FF431ED | upper case
			sha512:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed | other kind
			7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed        | no kind
			9SGyWBxvZp0W2Ea9xl5QKkXcJ8cG2LrQAbZ7kQwPq1A=                            | the token itself
			sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 | empty token
			""")
	void problemsWhenHashIsNoneThenNamedAndNotRepeated(String hash, String why) {
		assertThat(settings("token-hashes[0]=" + HASH, "token-hashes[1]=" + hash).problems("admin")).as(why)
			.singleElement()
			.asString()
			.startsWith("admin.token-hashes[1]: ")
			.doesNotContain("9SGy", "7692", "e3b0");
		assertThat(settings("tokens[0].hash=" + hash, "tokens[0].scopes=read").problems("admin")).as(why)
			.singleElement()
			.asString()
			.startsWith("admin.tokens[0].hash: ")
			.doesNotContain("9SGy", "7692", "e3b0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "all", "READ", "read,write", "ably-auth:read" })
	void problemsWhenScopesAreUnknownThenNamed(String scopes) {
		assertThat(settings("tokens[0].hash=" + HASH, "tokens[0].scopes=" + scopes).problems("admin")).singleElement()
			.asString()
			.isEqualTo("admin.tokens[0].scopes: expected some of [metrics, read, mint, revoke, admin]");
	}

	@Test
	void problemsWhenScopesAreMissingThenNamed() {
		assertThat(settings("tokens[0].hash=" + HASH).problems("admin")).singleElement()
			.asString()
			.startsWith("admin.tokens[0].scopes: ");
	}

	@Test
	void problemsWhenAHashIsThereTwiceThenNamed() {
		assertThat(settings("token-hashes=" + HASH, "tokens[0].hash=" + HASH, "tokens[0].scopes=metrics")
			.problems("admin")).containsExactly("admin: a hash is there twice");
	}

	@ParameterizedTest
	@CsvSource({ "issuer, jwt.audiences=a", "audiences, jwt.issuer=https://login.example", "scope, jwt.scope=a b",
			"scope, jwt.scope=", "scope, 'jwt.scope=a\"b'", "scope, jwt.scope=ably-auth:read",
			"scope, jwt.scope=urn:x:mint", "secret, jwt.secret=short", "algorithms, jwt.algorithms=HS256",
			"algorithms, jwt.algorithms=none", "jwks-uri, jwt.jwks-uri=http://keys.example/jwks" })
	void problemsWhenJwtCouldNeverWorkThenNamed(String property, String line) {
		List<String> problems = (property.equals("issuer") || property.equals("audiences"))
				? settings(line).problems("admin")
				: settings("jwt.issuer=https://login.example", "jwt.audiences=a", line).problems("admin");
		assertThat(problems).singleElement().asString().startsWith("admin.jwt." + property + ": ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "read", "admin", "Admin.All", "api://x/admin", "urn:x:" })
	void problemsWhenScopeIsNoNarrowerOneThenNone(String scope) {
		assertThat(
				settings("jwt.issuer=https://login.example", "jwt.audiences=a", "jwt.scope=" + scope).problems("admin"))
			.isEmpty();
	}

	@Test
	void toStringThenHidesSecretsAndHashes() {
		assertThat(settings("jwt.issuer=https://login.example", "jwt.secret=" + SECRET, "token-hashes=my-token",
				"tokens[0].hash=my-token", "tokens[0].scopes=read")
			.toString()).contains("https://login.example").doesNotContain(SECRET, "my-token");
		assertThat(settings("tokens[0].hash=my-token").tokens().toString()).doesNotContain("my-token");
	}

	private static AdminJwtProperties jwt(String... lines) {
		return Objects.requireNonNull(settings(lines).jwt());
	}

	private static AdminProperties settings(String... lines) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (String line : lines) {
			int end = line.indexOf('=');
			properties.put("admin." + line.substring(0, end), line.substring(end + 1));
		}
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("admin", AdminProperties.class);
	}

}
