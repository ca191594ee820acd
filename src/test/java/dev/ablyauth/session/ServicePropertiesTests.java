package dev.ablyauth.session;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of the kinds that ask a service.
 */
class ServicePropertiesTests {

	private static final String PROVIDER = "introspection[0].";

	private static final String[] GOOD = { PROVIDER + "uri=https://id.example/introspect",
			PROVIDER + "client-id=ably-auth", PROVIDER + "client-secret=canary-secret" };

	@Test
	void bindWhenNothingIsSetThenDefaults() {
		SessionProperties settings = TestSessions.settings("forward.url=https://app.example/me", GOOD[0]);
		assertThat(settings.introspection())
			.containsExactly(new IntrospectionProperties(URI.create("https://id.example/introspect"), "", "", "sub",
					"roles", "", false, List.of(), Map.of(), Duration.ofSeconds(30), false));
		assertThat(settings.forward()).isEqualTo(new ForwardProperties(URI.create("https://app.example/me"),
				List.of("Cookie"), List.of(), "/id", "/roles", "", null, "", false, Duration.ofSeconds(2), false));
		assertThat(TestSessions.settings().introspection()).isEmpty();
		assertThat(TestSessions.settings().forward()).isNull();
	}

	@Test
	void bindWhenAllIsSetThenMapped() {
		SessionProperties settings = TestSessions.settings(GOOD[0], GOOD[1], GOOD[2], PROVIDER + "user-id=uid",
				PROVIDER + "roles=a.b", PROVIDER + "user-id-prefix=p-", PROVIDER + "same-users=true",
				PROVIDER + "audiences=a,b", PROVIDER + "required-claims.client_id=web,phone", PROVIDER + "cache=1m",
				PROVIDER + "allow-http=true", "forward.allow-http=true", "forward.url=https://app.example/me",
				"forward.forward-headers=X-A,Authorization", "forward.cookie-names=sid", "forward.user-id=/a/0",
				"forward.roles=/b", "forward.claims=/c", "forward.expires=/d", "forward.user-id-prefix=f-",
				"forward.same-users=true", "forward.cache=10s");
		assertThat(settings.introspection()).containsExactly(new IntrospectionProperties(
				URI.create("https://id.example/introspect"), "ably-auth", "canary-secret", "uid", "a.b", "p-", true,
				List.of("a", "b"), Map.of("client_id", List.of("web", "phone")), Duration.ofMinutes(1), true));
		assertThat(settings.forward())
			.isEqualTo(new ForwardProperties(URI.create("https://app.example/me"), List.of("X-A", "Authorization"),
					List.of("sid"), "/a/0", "/b", "/c", "/d", "f-", true, Duration.ofSeconds(10), true));
	}

	@Test
	void problemsWhenAllIsRightThenNone() {
		assertThat(TestSessions.settings(GOOD).problems("sessions")).isEmpty();
		assertThat(TestSessions.settings("forward.url=http://localhost:3000/me").problems("sessions")).isEmpty();
		assertThat(problems("forward.url=https://app.example/me?x=1", "forward.forward-headers=x-session,cookie",
				"forward.cookie-names=__Secure-next-auth.session-token.0", "forward.user-id=/data/user~1id/~0",
				"forward.cache=0s", "introspection[0].cache=5m", "introspection[0].user-id-prefix=op-"))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			uri=                                  | introspection[0].uri: is missing
			uri=http://id.example/introspect      | introspection[0].uri: must be https, or http to this machine
			uri=http://127.0.0.1.example/         | introspection[0].uri: must be https, or http to this machine
			uri=ftp://id.example/                 | introspection[0].uri: must be https, or http to this machine
			uri=/introspect                       | introspection[0].uri: must be https, or http to this machine
			uri=https://a:b@id.example/           | introspection[0].uri: must have no user and no # part
			uri=https://id.example/#x             | introspection[0].uri: must have no user and no # part
			client-id=                            | introspection[0].client-id: is missing
			client-secret=                        | introspection[0].client-secret: is missing
			user-id=                              | introspection[0].user-id: must not be empty
			roles=                                | introspection[0].roles: must not be empty
			cache=-1s                             | introspection[0].cache: must be from 0s to 5m
			cache=301s                            | introspection[0].cache: must be from 0s to 5m
			""")
	void problemsWhenAProviderIsWrongThenNamed(String line, String expected) {
		assertThat(problems(PROVIDER + line)).singleElement().asString().startsWith("sessions." + expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					url=http://app.example/me         | forward.url: must be https, or http to this machine
					url=https://app.example/#me       | forward.url: must have no user and no # part
					forward-headers=                  | forward.forward-headers: must not be empty
					forward-headers=Accept-Language,X-Forwarded-User | forward.forward-headers: has only headers that clients send
					forward-headers=Cookie,cookie     | forward.forward-headers: "cookie" is there twice
					user-id=                          | forward.user-id: must be a JSON pointer
					user-id=id                        | forward.user-id: must be a JSON pointer
					user-id=/a~2                      | forward.user-id: must be a JSON pointer
					roles=                            | forward.roles: must be a JSON pointer
					claims=claims                     | forward.claims: must be a JSON pointer
					expires=exp                       | forward.expires: must be a JSON pointer
					cookie-names=a b                  | forward.cookie-names: must be names of cookies
					cache=-1s                         | forward.cache: must be from 0s to 10s
					cache=11s                         | forward.cache: must be from 0s to 10s
					""")
	void problemsWhenTheAppIsWrongThenNamed(String line, String expected) {
		assertThat(forwardProblems("forward." + line)).singleElement().asString().startsWith("sessions." + expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection",
			"Keep-Alive", "TE", "Trailer", "Upgrade", "Proxy-Authorization", "Proxy-Authenticate", "Proxy-Connection",
			"Expect", "Accept", "Accept-Encoding", "User-Agent", "If-None-Match", "Range", "Via", "X A", "X:A", "Ä" })
	void problemsWhenAHeaderCannotBeSentOnThenNamed(String header) {
		assertThat(forwardProblems("forward.forward-headers[0]=" + header)).singleElement()
			.asString()
			.isEqualTo("sessions.forward.forward-headers: \"" + header + "\" is no header that can be sent on");
	}

	@Test
	void problemsWhenTheAppHasNoAddressThenNamed() {
		assertThat(TestSessions.settings("forward.cookie-names=sid").problems("sessions"))
			.containsExactly("sessions.forward.url: is missing");
	}

	@Test
	void problemsWhenCookieNamesButNoCookieThenNamed() {
		assertThat(forwardProblems("forward.forward-headers=X-A", "forward.cookie-names=sid")).singleElement()
			.asString()
			.isEqualTo("sessions.forward.cookie-names: Cookie is not in forward-headers");
	}

	@Test
	void problemsWhenTwoSourcesHaveOnePrefixThenNamed() {
		assertThat(problems("forward.url=https://app.example/me")).singleElement()
			.asString()
			.startsWith("sessions.forward.user-id-prefix: another issuer has the same");
		assertThat(problems("forward.url=https://app.example/me", "forward.user-id-prefix=f-")).isEmpty();
		assertThat(problems("forward.url=https://app.example/me", "forward.same-users=true")).isEmpty();
	}

	@Test
	void toStringThenHidesTheSecret() {
		assertThat(TestSessions.settings(GOOD).toString()).contains("id.example").doesNotContain("canary-secret");
	}

	private static List<String> problems(String... more) {
		return TestSessions.settings(Stream.concat(Stream.of(GOOD), Stream.of(more)).toArray(String[]::new))
			.problems("sessions");
	}

	private static List<String> forwardProblems(String... more) {
		return TestSessions
			.settings(Stream.concat(Stream.of("forward.url=https://app.example/me"), Stream.of(more))
				.toArray(String[]::new))
			.problems("sessions");
	}

}
