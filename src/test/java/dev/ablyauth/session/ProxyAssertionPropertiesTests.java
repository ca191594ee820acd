package dev.ablyauth.session;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyAssertionPropertiesTests {

	private static final String SECRET = "canary-proxy-secret-of-32-bytes-";

	private static final String[] JWKS = { "kind=jwks", "header=X-Goog-IAP-JWT-Assertion",
			"issuer=https://login.example", "audiences=a" };

	private static final String[] ALB = { "kind=aws-alb", "issuer=https://login.example", "region=eu-west-1",
			"signer=" + AlbTokens.SIGNER };

	private static final String[] HEADER = { "kind=header", "header=X-User", "secret-header=X-Proxy-Secret",
			"secret=" + SECRET };

	@Test
	void bindWhenNothingIsSetThenNoProxy() {
		SessionProperties settings = TestSessions.settings();
		assertThat(settings.proxyAssertion()).isNull();
		assertThat(settings.needsTrustedProxies()).isFalse();
	}

	@Test
	void bindWhenLittleIsSetThenDefaults() {
		ProxyAssertionProperties settings = settings("kind=jwks");
		assertThat(settings.headerName()).isEmpty();
		assertThat(settings.userId()).isEqualTo("sub");
		assertThat(settings.roles()).isEqualTo("roles");
		assertThat(settings.userIdPrefix()).isEmpty();
		assertThat(settings.sameUsers()).isFalse();
		assertThat(settings.issuerSettings().algorithms()).isEmpty();
		assertThat(settings.issuerSettings().jwsAlgorithms()).hasToString("[RS256]");
		assertThat(settings("kind=aws-alb").headerName()).isEqualTo("x-amzn-oidc-data");
	}

	@Test
	void bindWhenAllOfJwksIsSetThenMapped() {
		JwtIssuerProperties issuer = settings(with(JWKS, "jwks-uri=https://keys.example/", "algorithms=ES256,RS256",
				"user-id=email", "roles=groups", "user-id-prefix=iap:", "same-users=true"))
			.issuerSettings();
		assertThat(issuer.issuer()).isEqualTo("https://login.example");
		assertThat(issuer.audiences()).containsExactly("a");
		assertThat(issuer.jwksUri()).isEqualTo(URI.create("https://keys.example/"));
		assertThat(issuer.algorithms()).containsExactly("ES256", "RS256");
		assertThat(issuer.userId()).isEqualTo("email");
		assertThat(issuer.roles()).isEqualTo("groups");
		assertThat(issuer.userIdPrefix()).isEqualTo("iap:");
		assertThat(issuer.sameUsers()).isTrue();
		assertThat(issuer.acceptIdTokens()).isFalse();
	}

	@Test
	void bindWhenAllOfAlbIsSetThenMapped() {
		ProxyAssertionProperties settings = settings(with(ALB, "header=X-Copied"));
		assertThat(settings.headerName()).isEqualTo("X-Copied");
		assertThat(settings.signer()).isEqualTo(AlbTokens.SIGNER);
		assertThat(settings.albKeys()).isEqualTo(URI.create("https://public-keys.auth.elb.eu-west-1.amazonaws.com"));
		assertThat(settings.issuerSettings().jwsAlgorithms()).hasToString("[ES256]");
		String govCloud = "https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1";
		assertThat(settings("key-uri=" + govCloud).albKeys()).isEqualTo(URI.create(govCloud));
	}

	@Test
	void bindWhenAllOfHeaderIsSetThenMapped() {
		ProxyAssertionProperties settings = settings(with(HEADER, "roles-header=X-Groups"));
		assertThat(settings.headerName()).isEqualTo("X-User");
		assertThat(settings.secretHeader()).isEqualTo("X-Proxy-Secret");
		assertThat(settings.secretBytes()).asString().isEqualTo(SECRET);
		assertThat(settings.rolesHeader()).isEqualTo("X-Groups");
		assertThat(settings).asString().doesNotContain(SECRET);
		assertThat(TestSessions.settings("proxy-assertion.kind=header").needsTrustedProxies()).isTrue();
	}

	@Test
	void problemsWhenCompleteThenNone() {
		assertThat(problems(JWKS)).isEmpty();
		assertThat(problems(with(JWKS, "jwks-uri=https://keys.example/", "issuer=app.example.com"))).isEmpty();
		assertThat(problems(ALB)).isEmpty();
		assertThat(problems(with(ALB, "audiences=client"))).isEmpty();
		assertThat(problems(HEADER)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "JWKS", "alb", "awsAlb", "Header" })
	void problemsWhenKindIsUnknownThenNamed(String kind) {
		assertThat(problems("kind=" + kind))
			.containsExactly("sessions.proxy-assertion.kind: must be jwks, aws-alb or header");
	}

	@ParameterizedTest
	@CsvSource({ "header, header=", "header, header=X User", "header, header=X-User:", "header, header=Authorization",
			"header, header=cookie", "header, header=j\u00fcrgen", "audiences, audiences=",
			"algorithms, algorithms=HS256", "algorithms, algorithms=none", "jwks-uri, jwks-uri=http://keys.example/",
			"issuer, issuer=", "issuer, issuer=app.example.com", "region, region=eu-west-1",
			"key-uri, key-uri=https://a.example", "signer, signer=a", "secret, secret=a",
			"secret-header, secret-header=a", "roles-header, roles-header=a" })
	void problemsWhenJwksCannotWorkThenNamed(String property, String line) {
		assertProblem(property, with(JWKS, line));
	}

	@ParameterizedTest
	@CsvSource({ "header, header=Cookie", "issuer, issuer=", "region, region=", "region, region=eu-west-2",
			"region, region=EU-WEST-1", "region, region=eu-west-1.evil.example/", "region, region=eu-west-1#",
			"region, region=../..", "key-uri, key-uri=http://keys.example", "signer, signer=",
			"signer, signer=arn:aws:iam::123456789012:root",
			"signer, signer=arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/a/b",
			"jwks-uri, jwks-uri=https://keys.example", "algorithms, algorithms=ES256", "secret, secret=a",
			"secret-header, secret-header=a", "roles-header, roles-header=a" })
	void problemsWhenAlbCannotWorkThenNamed(String property, String line) {
		assertThat(problems(with(ALB, line))).isNotEmpty()
			.allSatisfy((problem) -> assertThat(problem).containsAnyOf("." + property + ": ", ".region: is not"));
	}

	@Test
	void problemsWhenAlbHasAKeyUriThenNoRegionIsNeeded() {
		List<String> lines = new ArrayList<>(List.of(ALB));
		lines.remove("region=eu-west-1");
		assertProblem("region", lines.toArray(String[]::new));
		lines.add("key-uri=http://127.0.0.1:1/keys");
		assertThat(problems(lines.toArray(String[]::new))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "header, header=x-proxy-secret", "header, roles-header=x-USER", "header, header=",
			"secret-header, secret-header=", "secret-header, secret-header=Authorization", "secret, secret=",
			"secret, secret=thirty-one-bytes-are-not-enough", "roles-header, roles-header=a b",
			"issuer, issuer=https://login.example", "audiences, audiences=a", "jwks-uri, jwks-uri=https://keys.example",
			"algorithms, algorithms=ES256", "region, region=eu-west-1", "signer, signer=a",
			"key-uri, key-uri=https://keys.example" })
	void problemsWhenHeaderCannotWorkThenNamed(String property, String line) {
		assertProblem(property, with(HEADER, line));
	}

	@ParameterizedTest
	@ValueSource(strings = { "user-id=", "user-id= ", "roles=" })
	void problemsWhenClaimPathIsEmptyThenNamed(String line) {
		assertThat(problems(with(JWKS, line))).singleElement().asString().contains("user-id and roles");
	}

	@Test
	void problemsWhenUsersCouldBeThoseOfAnIssuerThenNamed() {
		String[] jwt = { "jwt[0].issuer=https://a.example", "jwt[0].audiences=a" };
		assertThat(TestSessions.settings(with(jwt, sessions(JWKS))).problems("sessions")).singleElement()
			.asString()
			.startsWith("sessions.proxy-assertion.user-id-prefix: another issuer has the same");
		assertThat(TestSessions.settings(with(jwt, sessions(with(JWKS, "same-users=true")))).problems("sessions"))
			.isEmpty();
		assertThat(TestSessions.settings(with(jwt, sessions(with(JWKS, "user-id-prefix=p:")))).problems("sessions"))
			.isEmpty();
	}

	private static void assertProblem(String property, String... lines) {
		assertThat(problems(lines)).singleElement()
			.asString()
			.startsWith("sessions.proxy-assertion." + property + ": ")
			.doesNotContain(SECRET);
	}

	private static List<String> problems(String... lines) {
		return TestSessions.settings(sessions(lines)).problems("sessions");
	}

	private static ProxyAssertionProperties settings(String... lines) {
		return Objects.requireNonNull(TestSessions.settings(sessions(lines)).proxyAssertion());
	}

	private static String[] sessions(String... lines) {
		return Arrays.stream(lines).map((line) -> "proxy-assertion." + line).toArray(String[]::new);
	}

	/** A later line of the same name counts. */
	private static String[] with(String[] lines, String... more) {
		List<String> all = new ArrayList<>(List.of(lines));
		all.addAll(List.of(more));
		return all.toArray(String[]::new);
	}

}
