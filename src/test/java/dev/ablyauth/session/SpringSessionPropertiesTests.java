package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpringSessionPropertiesTests {

	private static final String REDIS = "url=redis://127.0.0.1:6379";

	private static final String JDBC = "url=jdbc:postgresql://127.0.0.1/app";

	@Test
	void bindWhenNothingIsSetThenNoSuchKind() {
		assertThat(TestSessions.settings().springSession()).isNull();
		assertThat(TestSessions.settings().problems("s")).singleElement().asString().startsWith("s: is missing");
	}

	@Test
	void bindWhenStoreIsSetThenDefaults() {
		assertThat(settings("store=redis", REDIS))
			.isEqualTo(new SpringSessionProperties("redis", "redis://127.0.0.1:6379", null, null, "SESSION", true,
					"spring:session", "SPRING_SESSION", null, null, "", false));
		assertThat(problems("store=redis", REDIS)).isEmpty();
		assertThat(problems("store=jdbc", JDBC)).isEmpty();
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		SpringSessionProperties settings = settings("store=jdbc", JDBC, "username=reader", "password=pw",
				"cookie-name=SID", "cookie-base64=false", "namespace=shop", "table-name=web.SESSIONS", "user-id=email",
				"roles=realm_access.roles", "user-id-prefix=shop:", "same-users=true");
		assertThat(settings).isEqualTo(new SpringSessionProperties("jdbc", "jdbc:postgresql://127.0.0.1/app", "reader",
				"pw", "SID", false, "shop", "web.SESSIONS", "email", "realm_access.roles", "shop:", true));
	}

	@Test
	void toStringThenNoPasswordAndNoAddress() {
		assertThat(settings("store=redis", "url=redis://host-of-the-store", "password=canary-password"))
			.hasToString("SpringSessionProperties(redis)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			.store: expected redis or jdbc                   | store=mongo
			.store: expected redis or jdbc                   | store=
			.cookie-name: must be letters                    | cookie-name=a b
			.cookie-name: must be letters                    | cookie-name=
			.user-id: must not be empty                      | user-id=
			.roles: must not be empty                        | roles=
			.url: expected redis://host:port                 | url=
			.url: expected redis://host:port                 | url=http://127.0.0.1:6379
			.url: expected redis://host:port                 | url=redis://user:canary@127.0.0.1
			.url: expected redis://host:port                 | url=redis://127.0.0.1/0?password=canary
			.url: expected redis://host:port                 | url=redis://127.0.0.1/a
			.url: expected redis://host:port                 | url=redis:127.0.0.1
			.url: expected redis://host:port                 | url=redis://a b
			.url: expected redis://host:port                 | url=jdbc:postgresql://127.0.0.1/canary
			.namespace: must not be empty                    | namespace=
			.password: is missing, there is a username       | username=ann
			""")
	void problemsWhenRedisSettingIsWrongThenNamedAndNotShown(String problem, String setting) {
		assertThat(problems("store=redis", REDIS, setting)).singleElement()
			.asString()
			.startsWith("s.spring-session" + problem)
			.doesNotContain("canary");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://127.0.0.1", "redis://127.0.0.1:6379/", "rediss://redis.example.com:6380/3",
			"redis://[::1]:6379" })
	void problemsWhenRedisAddressThenNone(String url) {
		assertThat(problems("store=redis", "url=" + url)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			.url: expected jdbc:postgresql://                | url=jdbc:h2:mem:canary
			.url: expected jdbc:postgresql://                | url=redis://127.0.0.1
			.url: has a password in it, set password instead | url=jdbc:postgresql://a/b?user=u&Password=canary
			.url: has a password in it, set password instead | url=jdbc:postgresql://a/b?sslpassword=canary
			.table-name: must be letters, digits and _       | table-name=S; DROP TABLE canary
			.table-name: must be letters, digits and _       | table-name=a.b.c
			.table-name: must be letters, digits and _       | table-name=
			""")
	void problemsWhenJdbcSettingIsWrongThenNamedAndNotShown(String problem, String setting) {
		assertThat(problems("store=jdbc", JDBC, setting)).singleElement()
			.asString()
			.startsWith("s.spring-session" + problem)
			.doesNotContain("canary");
	}

	/** The same rule as between two issuers. */
	@Test
	void problemsWhenIssuerHasTheSamePrefixThenNamed() {
		String[] both = { "jwt[0].issuer=a", "jwt[0].audiences=a", "jwt[0].secret=a secret of thirty-two bytes, or",
				"spring-session.store=redis", "spring-session." + REDIS };
		assertThat(TestSessions.settings(both).problems("s")).singleElement()
			.asString()
			.startsWith("s.spring-session.user-id-prefix: another issuer has the same");
		List<String> apart = new ArrayList<>(List.of(both));
		apart.add("spring-session.user-id-prefix=shop:");
		assertThat(TestSessions.settings(apart.toArray(String[]::new)).problems("s")).isEmpty();
	}

	private static SpringSessionProperties settings(String... lines) {
		return Objects.requireNonNull(TestSessions.settings(prefixed(lines)).springSession());
	}

	private static List<String> problems(String... lines) {
		return TestSessions.settings(prefixed(lines)).problems("s");
	}

	private static String[] prefixed(String... lines) {
		return Arrays.stream(lines).map((line) -> "spring-session." + line).toArray(String[]::new);
	}

}
