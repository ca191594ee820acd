package dev.ablyauth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.session.TestServices.outcome;
import static org.assertj.core.api.Assertions.assertThat;

class ForwardSessionsTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final String ANN = "{\"id\":\"ann\",\"roles\":[\"member\"],\"team\":\"red\"}";

	private static final Credentials COOKIE = TestCredentials.cookie("sid", "s1");

	private final MutableClock clock = new MutableClock(START);

	private final SessionServer app = SessionServer.start(SessionServer.json(200, ANN));

	@AfterEach
	void close() {
		this.app.close();
	}

	private ForwardSessions sessions(String... more) {
		return TestServices.forward(this.clock, this.app, more);
	}

	@Test
	void userThenWhatTheAppSays() {
		AppUser user = sessions().ofCookies(COOKIE).orElseThrow();
		assertThat(user.id()).isEqualTo("ann");
		assertThat(user.roles()).containsExactly("member");
		assertThat(user.claims()).containsOnlyKeys("id", "roles", "team");
		assertThat(user.source()).isEqualTo(new AppUser.Source("forward", "127.0.0.1"));
		assertThat(user.expires()).isEqualTo(AppUser.NO_END);
	}

	@Test
	void userThenOnlyTheCookieGoesToTheApp() {
		Credentials all = TestCredentials.cookie("sid", "s1")
			.header("Cookie", "other=2")
			.header("X-Forwarded-For", "192.0.2.1")
			.header("Authorization", "Bearer unknown")
			.header("Host", "elsewhere.example")
			.header("Accept-Language", "de");
		assertThat(outcome(sessions(), all)).isEqualTo("ann");
		assertThat(headers(this.app.requests().get(0))).containsExactlyInAnyOrder("host", "accept", "user-agent",
				"cookie", "content-length");
		assertThat(this.app.requests().get(0)).startsWith("GET /api/me?full=1 HTTP/1.1\r\n")
			.contains("\r\nCookie: sid=s1; other=2\r\n", "\r\nHost: 127.0.0.1:" + this.app.port() + "\r\n");
	}

	private static List<String> headers(String request) {
		return request.lines()
			.skip(1)
			.filter((line) -> !line.isEmpty())
			.map((line) -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
			.toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Authorization                | Bearer t1 |      |         | Authorization: Bearer t1
			Authorization                | Token t1  |      |         | Authorization: Token t1
			Authorization                | Basic eA= |      |         |
			Authorization                | basic     |      |         |
			Authorization                | Negotiate a |    |         |
			Authorization                | NTLM a    |      |         |
			Authorization                | Digest a  |      |         |
			Cookie,Authorization         | Basic eA= |      | sid=s1  | Cookie: sid=s1
			Authorization                | cookie    |      |         |
			Authorization                | Cookie    |      |         |
			Authorization                |           |      | sid=s1  |
			Authorization                |           |      |         |
			Cookie,Authorization         | Bearer t1 |      | sid=s1  | Authorization: Bearer t1, Cookie: sid=s1
			Cookie,Authorization         | cookie    |      | sid=s1  | Cookie: sid=s1
			authorization,cookie         | ''        |      | sid=s1  | Cookie: sid=s1
			Cookie                       | Bearer t1 | k1   | sid=s1  | Cookie: sid=s1
			Cookie,X-Session             | Bearer t1 | k1   | sid=s1  | X-Session: k1, Cookie: sid=s1
			X-Session                    | Bearer t1 | k1   | sid=s1  | X-Session: k1
			X-Session                    | Bearer t1 |      | sid=s1  |
			X-Session,Authorization      | Bearer t1 | k1   |         | X-Session: k1, Authorization: Bearer t1
			""")
	void userWhenTheseHeadersAreListedThenTheyGoAlong(String listed, String authorization, String session,
			String cookie, String expected) {
		TestCredentials credentials = with("Authorization", authorization,
				with("X-Session", session, with("Cookie", cookie, TestCredentials.none())));
		assertThat(outcome(sessions("forward-headers=" + listed), credentials))
			.isEqualTo((expected != null) ? "ann" : "");
		assertThat(this.app.requests()).hasSize((expected != null) ? 1 : 0);
		for (String request : this.app.requests()) {
			assertThat(request.toLowerCase(Locale.ROOT).lines())
				.filteredOn((line) -> line.matches("(authorization|cookie|x-session):.*"))
				.containsExactlyInAnyOrder(expected.toLowerCase(Locale.ROOT).split(", "));
		}
	}

	private static TestCredentials with(String name, String value, TestCredentials credentials) {
		return (value != null) ? credentials.header(name, value) : credentials;
	}

	/** Browsers send it with each request, also of people who are not signed in. */
	@Test
	void userWhenAListedHeaderIsNoCredentialThenItOnlyGoesAlong() {
		ForwardSessions sessions = sessions("forward-headers=Cookie,Accept-Language,X-Session,X-Forwarded-For");
		TestCredentials nobody = TestCredentials.none()
			.header("Accept-Language", "de")
			.header("X-Forwarded-For", "192.0.2.1");
		assertThat(outcome(sessions, nobody)).isEmpty();
		assertThat(this.app.requests()).isEmpty();
		assertThat(outcome(sessions, nobody.header("X-Session", "k1"))).isEqualTo("ann");
		assertThat(outcome(sessions, nobody.header("Cookie", "sid=s1"))).isEqualTo("ann");
		assertThat(this.app.requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request).contains("Accept-Language: de", "X-Forwarded-For: 192.0.2.1"));
	}

	@Test
	void userWhenCookieNamesAreSetThenOneMustBeThere() {
		ForwardSessions named = sessions("cookie-names=sid,__Host-sid");
		assertThat(outcome(named, TestCredentials.cookie("tracking", "1"))).isEmpty();
		assertThat(outcome(named, TestCredentials.cookie("SID", "1"))).isEmpty();
		assertThat(outcome(named, TestCredentials.cookie("__Host-sid", "1"))).isEqualTo("ann");
		assertThat(outcome(named, TestCredentials.none())).isEmpty();
		assertThat(this.app.requests()).hasSize(1);
	}

	/** What was sent on purpose counts from any page, a cookie only from the app's. */
	@Test
	void userWhenTheCookieIsFromAnotherSiteThenOnlyTheHeaderGoesAlong() {
		ForwardSessions both = sessions("forward-headers=Cookie,X-Session");
		assertThat(outcome(both, new Foreign(TestCredentials.none().header("X-Session", "k1")))).isEqualTo("ann");
		assertThat(this.app.requests().get(0)).contains("X-Session: k1").doesNotContain("Cookie");
		assertThat(outcome(both, new Foreign(TestCredentials.none()))).isEqualTo("foreign-origin");
		assertThat(outcome(sessions("cookie-names=sid"), new Foreign(TestCredentials.none())))
			.isEqualTo("foreign-origin");
		assertThat(this.app.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r\nX: 1", "a\u0000", "a\u007f", "a\u0100", "a\ud800" })
	void userWhenTheHeaderCannotBeSentThenInvalidAndNotSent(String value) {
		assertThat(outcome(sessions(), TestCredentials.cookie("sid", value))).isEqualTo("invalid-session");
		assertThat(this.app.requests()).isEmpty();
	}

	/** Some other cookie may hold anything; the session's own one is not hurt by that. */
	@Test
	void userWhenACookieHasOtherBytesThanAsciiThenSent() {
		assertThat(outcome(sessions(), TestCredentials.cookie("sid", "s1; name=Jos\u00e9"))).isEqualTo("ann");
		assertThat(this.app.requests().get(0)).contains("Cookie: sid=s1; name=Jos");
	}

	@Test
	void userWhenAskedAgainWithinTwoSecondsThenOneCall() {
		ForwardSessions sessions = sessions();
		assertThat(outcome(sessions, COOKIE)).isEqualTo("ann");
		this.clock.advance(Duration.ofMillis(1999));
		assertThat(outcome(sessions, COOKIE)).isEqualTo("ann");
		assertThat(this.app.requests()).hasSize(1);
		this.app.behave(SessionServer.json(200, "{\"id\":\"bob\"}"));
		assertThat(outcome(sessions, TestCredentials.cookie("sid", "s2"))).isEqualTo("bob");
		this.clock.advance(Duration.ofMillis(2));
		assertThat(outcome(sessions, COOKIE)).isEqualTo("bob");
		assertThat(this.app.requests()).hasSize(3);
	}

	@ParameterizedTest
	@CsvSource({ "401, invalid-session", "403, invalid-session", "302, invalid-session", "500, session-source-down",
			"429, session-source-down" })
	void userWhenRefusedThenNotRemembered(int status, String expected) {
		ForwardSessions sessions = sessions();
		this.app.behave(SessionServer.json(status, "{}"));
		assertThat(outcome(sessions, COOKIE)).isEqualTo(expected);
		this.app.behave(SessionServer.json(200, ANN));
		assertThat(outcome(sessions, COOKIE)).isEqualTo("ann");
	}

	@Test
	void userWhenManyBringOneCookieThenOneCall() throws InterruptedException, ExecutionException {
		this.app.behave(SessionServer.later(Duration.ofMillis(300), SessionServer.json(200, ANN)));
		assertThat(TestServices.together(60, sessions(), COOKIE)).containsOnly("ann");
		assertThat(this.app.requests()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"2026-01-01T00:00:01Z"              | ann                 | 1
			"2026-01-01T00:00:01.500000Z"       | ann                 | 1.5
			"2026-01-01T01:00:01+01:00"         | ann                 | 1
			1767225601                          | ann                 | 1
			1767225601.9                        | ann                 | 1
			null                                | ann                 |
			1767225600                          | invalid-session     |
			"2025-12-31T23:59:59Z"              | invalid-session     |
			-1                                  | invalid-session     |
			"tomorrow"                          | session-source-down |
			""                                  | session-source-down |
			"2026-01-01"                        | session-source-down |
			"2026-01-01T00:00:01"               | session-source-down |
			1767225601000                       | session-source-down |
			1e300                               | session-source-down |
			99999999999999999999                | session-source-down |
			true                                | session-source-down |
			{}                                  | session-source-down |
			""")
	void userWhenTheAppTellsTheEndThenNotLonger(String end, String expected, Double seconds) {
		this.app.behave(SessionServer.json(200, "{\"id\":\"ann\",\"session\":{\"end\":" + end + "}}"));
		ForwardSessions sessions = sessions("expires=/session/end");
		assertThat(outcome(sessions, COOKIE)).isEqualTo(expected);
		if (seconds != null) {
			Optional<AppUser> user = sessions.ofCookies(COOKIE);
			assertThat(user.orElseThrow().expires()).isEqualTo(START.plusMillis((long) (seconds * 1000)));
			this.clock.advance(Duration.ofMillis((long) (seconds * 1000)));
			assertThat(outcome(sessions, COOKIE)).isEqualTo("invalid-session");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/data/user/id  | {"data":{"user":{"id":7}}}            | 7
			/0/id          | [{"id":"ann"}]                        | ann
			/a~1b/c~0d     | {"a/b":{"c~d":"ann"}}                 | ann
			/id            | [{"id":"ann"}]                        | invalid-session
			/1/id          | [{"id":"ann"}]                        | invalid-session
			/user/id       | {"user":null}                         | invalid-session
			/user/id       | {"user":false}                        | invalid-session
			/user/id       | {}                                    | invalid-session
			""")
	void userWhenThePointerIsSetThenFollowed(String pointer, String answer, String expected) {
		this.app.behave(SessionServer.json(200, answer));
		assertThat(outcome(sessions("user-id=" + pointer, "claims=/none"), COOKIE)).isEqualTo(expected);
	}

	@Test
	void userWhenRolesAndClaimsAreElsewhereThenTaken() {
		this.app.behave(SessionServer.json(200,
				"{\"id\":12345678901234567890,\"user\":{\"groups\":\"staff\",\"data\":{\"team\":\"red\",\"none\":null}}}"));
		AppUser user = sessions("roles=/user/groups", "claims=/user/data", "user-id-prefix=app-").ofCookies(COOKIE)
			.orElseThrow();
		assertThat(user.id()).isEqualTo("app-12345678901234567890");
		assertThat(user.roles()).containsExactly("staff");
		assertThat(user.claims()).containsOnlyKeys("team");
	}

	/** A request of a page that is not the app's, with a cookie of the browser's. */
	private record Foreign(TestCredentials sent) implements Credentials {

		@Override
		public Optional<String> bearer() {
			return this.sent.bearer();
		}

		@Override
		public List<String> headers(String name) {
			return this.sent.headers(name);
		}

		@Override
		public List<String> cookies(String name) {
			throw new Refused(Reason.FOREIGN_ORIGIN, "Foreign.");
		}

		@Override
		public String cookieHeader() {
			throw new Refused(Reason.FOREIGN_ORIGIN, "Foreign.");
		}

		@Override
		public String peer() {
			return this.sent.peer();
		}

	}

}
