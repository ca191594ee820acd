package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.session.TestServices.outcome;
import static org.assertj.core.api.Assertions.assertThat;

class IntrospectionSessionsTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final long NOW = START.getEpochSecond();

	private static final String ANN = "{\"active\":true,\"sub\":\"ann\",\"roles\":[\"member\"],\"team\":\"red\"}";

	private final MutableClock clock = new MutableClock(START);

	private final SessionServer server = SessionServer.start(SessionServer.json(200, ANN));

	private final SessionServer second = SessionServer.start(SessionServer.json(200, ANN));

	private final IntrospectionSessions sessions = sessions();

	@AfterEach
	void close() {
		this.server.close();
		this.second.close();
	}

	private IntrospectionSessions sessions(String... more) {
		return TestServices.introspection(this.clock, TestServices.provider(this.server, more));
	}

	@Test
	void userThenWhatTheProviderSays() {
		AppUser user = this.sessions.ofHeaders(TestCredentials.bearer("opaque")).orElseThrow();
		assertThat(user.id()).isEqualTo("ann");
		assertThat(user.roles()).containsExactly("member");
		assertThat(user.claims()).containsEntry("team", "red").containsEntry("active", true);
		assertThat(user.source()).isEqualTo(new AppUser.Source("introspection", "127.0.0.1"));
		assertThat(user.expires()).isEqualTo(AppUser.NO_END);
		assertThat(this.sessions.ofCookies(TestCredentials.bearer("opaque"))).isEmpty();
	}

	/** RFC 7662 2.1 and RFC 6749 2.3.1. */
	@Test
	void userThenTheRequestIsAsTheRfcSays() {
		IntrospectionSessions odd = sessions("client-id=my app:1", "client-secret=p+w%d=ü");
		assertThat(outcome(odd, "a.b-c_d~e+f/g==")).isEqualTo("ann");
		String request = this.server.requests().get(0);
		String basic = Base64.getEncoder()
			.encodeToString("my+app%3A1:p%2Bw%25d%3D%C3%BC".getBytes(StandardCharsets.US_ASCII));
		assertThat(request).startsWith("POST /introspect HTTP/1.1\r\n")
			.contains("\r\nAuthorization: Basic " + basic + "\r\n")
			.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n")
			.contains("\r\nAccept: application/json\r\n")
			.endsWith("\r\n\r\ntoken=a.b-c_d%7Ee%2Bf%2Fg%3D%3D&token_type_hint=access_token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "with space", "=", "==", "a=b", "näher", "{\"a\":1}", "a,b", "*", "a\tb", "a\u0000b" })
	void userWhenNoTokenByItsCharactersThenNotOfThisKind(String bearer) {
		assertThat(outcome(this.sessions, bearer)).isEmpty();
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void userWhenLongerThanEightKibibytesThenNotOfThisKind() {
		assertThat(outcome(this.sessions, "a".repeat(8192))).isEqualTo("ann");
		assertThat(outcome(this.sessions, "a".repeat(8193))).isEmpty();
		assertThat(outcome(this.sessions, TestCredentials.none())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"active":true,"sub":"ann","exp":%+1}                         | ann
			{"active":true,"sub":"ann","exp":%+1.5}                       | ann
			{"active":true,"sub":"ann","exp":null}                        | ann
			{"active":true,"sub":"ann","exp":%+0}                         | invalid-session
			{"active":true,"sub":"ann","exp":%-1}                         | invalid-session
			{"active":true,"sub":"ann","nbf":%+30}                        | ann
			{"active":true,"sub":"ann","nbf":%+31}                        | invalid-session
			{"active":true,"sub":42}                                      | 42
			{"active":true,"sub":-9223372036854775808}                    | -9223372036854775808
			{"active":true}                                               | invalid-session
			{"active":true,"sub":null}                                    | invalid-session
			{"active":true,"sub":""}                                      | invalid-session
			{"active":true,"sub":["ann"]}                                 | invalid-session
			{"active":true,"sub":{"id":"ann"}}                            | invalid-session
			{"active":true,"sub":true}                                    | invalid-session
			{"active":true,"sub":4.5}                                     | invalid-session
			{"active":true,"username":"ann"}                              | invalid-session
			{"active":true,"sub":"ann","token_type":"Bearer"}             | ann
			{"active":true,"sub":"ann","token_type":"bearer"}             | ann
			{"active":true,"sub":"ann","token_type":"access_token"}       | ann
			{"active":true,"sub":"ann","token_type":null}                 | ann
			{"active":true,"sub":"ann","token_type":"Refresh"}            | invalid-session
			{"active":true,"sub":"ann","token_type":"ID"}                 | invalid-session
			{"active":true,"sub":"ann","token_type":"DPoP"}               | invalid-session
			{"active":true,"sub":"ann","token_type":["Bearer"]}           | invalid-session
			{"active":false}                                              | ''
			{"active":false,"sub":"ann","exp":"never"}                    | ''
			{"active":true,"sub":"ann","exp":"%+60"}                      | session-source-down
			{"active":true,"sub":"ann","exp":[]}                          | session-source-down
			{"active":true,"sub":"ann","exp":-1}                          | session-source-down
			{"active":true,"sub":"ann","exp":1e300}                       | session-source-down
			{"active":true,"sub":"ann","exp":1767225600000}               | session-source-down
			{"active":true,"sub":"ann","nbf":"now"}                       | session-source-down
			{"active":"true","sub":"ann"}                                 | session-source-down
			{"active":1,"sub":"ann"}                                      | session-source-down
			{"active":null,"sub":"ann"}                                   | session-source-down
			{"sub":"ann"}                                                 | session-source-down
			{}                                                            | session-source-down
			[{"active":true,"sub":"ann"}]                                 | session-source-down
			null                                                          | session-source-down
			true                                                          | session-source-down
			{"active":true,"active":false,"sub":"ann"}                    | session-source-down
			{"active":true,"sub":"ann","sub":"bob"}                       | session-source-down
			{"active":true,"sub":"ann"} {}                                | session-source-down
			{"active":true,"sub":"ann"                                    | session-source-down
			<html></html>                                                 | session-source-down
			''                                                            | session-source-down
			""")
	void userWhenTheProviderSaysThatThen(String answer, String expected) {
		String json = answer;
		for (int seconds : List.of(0, 1, 30, 31, 60)) {
			json = json.replace("%+" + seconds, String.valueOf(NOW + seconds))
				.replace("%-" + seconds, String.valueOf(NOW - seconds));
		}
		this.server.behave(SessionServer.json(200, json));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo(expected);
	}

	@Test
	void userWhenPathsAreSetThenTaken() {
		this.server.behave(SessionServer.json(200,
				"{\"active\":true,\"user\":{\"id\":\"u1\",\"groups\":\"staff\"},\"sub\":\"other\"}"));
		AppUser user = sessions("user-id=user.id", "roles=user.groups", "user-id-prefix=op-")
			.ofHeaders(TestCredentials.bearer("opaque"))
			.orElseThrow();
		assertThat(user.id()).isEqualTo("op-u1");
		assertThat(user.roles()).containsExactly("staff");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"aud":"my-app"          | ann
			"aud":["x","my-app"]    | ann
			"aud":["x"]             | invalid-session
			"aud":"my-app-2"        | invalid-session
			"aud":null              | invalid-session
			"scope":"my-app"        | invalid-session
			""")
	void userWhenAudiencesAreSetThenOneMustBeThere(String aud, String expected) {
		this.server.behave(SessionServer.json(200, "{\"active\":true,\"sub\":\"ann\"," + aud + "}"));
		assertThat(outcome(sessions("audiences=my-app,other"), "opaque")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"client_id":"web","scope":"chat"     | ann
			"client_id":"phone","scope":"chat"   | ann
			"client_id":"other","scope":"chat"   | invalid-session
			"client_id":"web"                    | invalid-session
			"scope":"chat"                       | invalid-session
			""")
	void userWhenClaimsAreRequiredThenEachMustHold(String claims, String expected) {
		this.server.behave(SessionServer.json(200, "{\"active\":true,\"sub\":\"ann\"," + claims + "}"));
		assertThat(outcome(sessions("required-claims.client_id=web,phone", "required-claims.scope=chat"), "opaque"))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "30s, 29999, 30001", "5m, 299999, 300001", "2s, 1999, 2001" })
	void userWhenAskedAgainThenKnownForTheTimeOfTheSetting(String setting, long known, long forgotten) {
		IntrospectionSessions cached = sessions("cache=" + setting);
		assertThat(outcome(cached, "opaque")).isEqualTo("ann");
		this.clock.advance(Duration.ofMillis(known));
		this.server.behave(SessionServer.json(200, "{\"active\":false}"));
		assertThat(outcome(cached, "opaque")).isEqualTo("ann");
		assertThat(outcome(cached, "opaque2")).isEmpty();
		this.clock.advance(Duration.ofMillis(forgotten - known));
		assertThat(outcome(cached, "opaque")).isEmpty();
		assertThat(this.server.requests()).hasSize(3);
	}

	@Test
	void userWhenNothingIsKeptThenAskedEachTime() {
		IntrospectionSessions uncached = sessions("cache=0s");
		assertThat(outcome(uncached, "opaque")).isEqualTo("ann");
		this.clock.advance(Duration.ofNanos(1));
		assertThat(outcome(uncached, "opaque")).isEqualTo("ann");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void userWhenTheTokenEndsThenNotKnownAnyLonger() {
		this.server.behave(SessionServer.json(200, "{\"active\":true,\"sub\":\"ann\",\"exp\":" + (NOW + 10) + "}"));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo("ann");
		this.clock.advance(Duration.ofMillis(9999));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo("ann");
		assertThat(this.server.requests()).hasSize(1);
		this.clock.advance(Duration.ofMillis(1));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo("invalid-session");
		assertThat(this.server.requests()).hasSize(2);
	}

	/** The time of the cache may stand still while the wall clock goes on. */
	@Test
	void userWhenTheClockWasSetForwardThenInvalidAlsoFromTheCache() {
		this.server.behave(SessionServer.json(200, "{\"active\":true,\"sub\":\"ann\",\"exp\":" + (NOW + 10) + "}"));
		SessionProperties settings = TestSessions.settings(TestServices.provider(this.server));
		IntrospectionSessions frozen = new SessionServices(this.clock, () -> 0).introspection(settings.introspection(),
				settings.prefixes());
		assertThat(outcome(frozen, "opaque")).isEqualTo("ann");
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(outcome(frozen, "opaque")).isEqualTo("invalid-session");
		assertThat(this.server.requests()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"active":false}             | ''
			{"active":true}              | invalid-session
			""")
	void userWhenRefusedThenKnownForTenSeconds(String answer, String expected) {
		this.server.behave(SessionServer.json(200, answer));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo(expected);
		this.server.behave(SessionServer.json(200, ANN));
		this.clock.advance(Duration.ofMillis(9999));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo(expected);
		this.clock.advance(Duration.ofMillis(2));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo("ann");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void userWhenDownThenNotRemembered() {
		this.server.behave(SessionServer.json(500, "{}"));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo("session-source-down");
		this.server.behave(SessionServer.json(200, ANN));
		assertThat(outcome(this.sessions, "opaque")).isEqualTo("ann");
	}

	/** 64 at most wait for one service; those beyond them are refused at once. */
	@Test
	void userWhenManyBringOneTokenThenOneCall() throws InterruptedException, ExecutionException {
		this.server.behave(SessionServer.later(Duration.ofMillis(300), SessionServer.json(200, ANN)));
		assertThat(TestServices.together(60, this.sessions, TestCredentials.bearer("opaque"))).containsOnly("ann");
		assertThat(this.server.requests()).hasSize(1);
		List<String> hundred = TestServices.together(100, this.sessions, TestCredentials.bearer("other"));
		assertThat(hundred).containsOnly("ann", "session-source-down");
		assertThat(hundred).filteredOn("ann"::equals).hasSize(AnswerCache.MOST_WAITING);
		assertThat(this.server.requests()).hasSize(2);
		assertThat(TestServices.together(100, this.sessions, TestCredentials.bearer("opaque"))).containsOnly("ann");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			200 {"active":true,"sub":"ann"}  | 200 {"active":false}             | ann
			200 {"active":false}             | 200 {"active":true,"sub":"ann"}  | b-ann
			200 {"active":false}             | 200 {"active":false}             | ''
			500 {}                           | 200 {"active":true,"sub":"ann"}  | b-ann
			200 {"active":true,"sub":"ann"}  | 500 {}                           | ann
			500 {}                           | 200 {"active":false}             | session-source-down
			200 {"active":false}             | 401 {}                           | session-source-down
			500 {}                           | 500 {}                           | session-source-down
			200 {"active":true}              | 200 {"active":false}             | invalid-session
			200 {"active":true}              | 500 {}                           | invalid-session
			500 {}                           | 200 {"active":true}              | invalid-session
			200 {"active":true,"sub":"b-x"}  | 500 {}                           | claim-not-safe
			""")
	void userWhenTwoProvidersThenTheOneThatKnowsTheTokenDecides(String one, String two, String expected) {
		this.server.behave(SessionServer.json(Integer.parseInt(one.substring(0, 3)), one.substring(4)));
		this.second.behave(SessionServer.json(Integer.parseInt(two.substring(0, 3)), two.substring(4)));
		IntrospectionSessions both = both();
		assertThat(outcome(both, "opaque")).isEqualTo(expected);
		assertThat(outcome(both, "opaque")).isEqualTo(expected);
	}

	/** Whichever answers first, and whatever is remembered. */
	@ParameterizedTest
	@CsvSource({ "0, 100", "100, 0" })
	void userWhenOneProviderRefusesAndTheOtherHasAUserThenTheUser(int one, int two) {
		this.server.behave(SessionServer.later(Duration.ofMillis(one), SessionServer.json(200, "{\"active\":true}")));
		this.second.behave(SessionServer.later(Duration.ofMillis(two), SessionServer.json(200, ANN)));
		IntrospectionSessions both = both();
		for (int i = 0; i < 3; i++) {
			assertThat(outcome(both, "opaque")).isEqualTo("b-ann");
		}
	}

	@Test
	void userWhenTheProviderNamesTheIssuerThenThatOne() {
		this.server.behave(SessionServer.json(200, "{\"active\":true,\"sub\":\"ann\",\"iss\":\"https://id/realm-1\"}"));
		assertThat(this.sessions.ofHeaders(TestCredentials.bearer("opaque")).orElseThrow().source())
			.isEqualTo(new AppUser.Source("introspection", "https://id/realm-1"));
	}

	@Test
	void userWhenTheProviderThatKnowsTheTokenIsFasterThenTheOtherIsNotWaitedFor() {
		this.second.behave(SessionServer.silent());
		IntrospectionSessions both = both();
		long before = System.nanoTime();
		assertThat(outcome(both, "opaque")).isEqualTo("ann");
		assertThat(outcome(both, "opaque")).isEqualTo("ann");
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1500));
	}

	private IntrospectionSessions both() {
		String[] lines = Stream
			.concat(Arrays.stream(TestServices.provider(0, this.server)),
					Arrays.stream(TestServices.provider(1, this.second, "user-id-prefix=b-")))
			.toArray(String[]::new);
		return TestServices.introspection(this.clock, lines);
	}

}
