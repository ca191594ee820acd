package dev.ablyauth.session;

import java.time.Clock;
import java.util.List;

import dev.ablyauth.springapp.TestRedis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether those who know the sessions can be asked, before any user comes.
 */
class SessionTrialTests {

	private final SessionServer server = SessionServer.start(SessionServer.json(200, "{}"));

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			200 | {"active":false}            |
			200 | {"active":true,"sub":"ann"} | somebody is signed in by a credential that was made up
			401 | {}                          | answers 401
			200 | <html>                      | gives an answer that is no answer of RFC 7662
			""")
	void ofWhenAProviderThenWhatItSaysOfATokenThatNobodyHas(int status, String answer, @Nullable String problem) {
		this.server.behave(SessionServer.json(status, answer));
		IntrospectionSessions kind = TestServices.introspection(Clock.systemUTC(), TestServices.provider(this.server));
		assertTrial(kind, problem);
		assertThat(this.server.requests()).singleElement().asString().contains("token=nobody-has-this-token");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Cookie        | 401 | {}          |
			Cookie        | 302 | {}          |
			Cookie        | 200 | {}          |
			Cookie        | 200 | {"id":1}    | somebody is signed in by a credential that was made up
			Cookie        | 500 | {}          | answers 500
			Authorization | 401 | {}          |
			X-Session     | 200 | {"id":1}    | somebody is signed in by a credential that was made up
			""")
	void ofWhenTheAppThenWhatItSaysOfACookieThatNobodyHas(String header, int status, String answer,
			@Nullable String problem) {
		this.server.behave(SessionServer.json(status, answer));
		assertTrial(TestServices.forward(Clock.systemUTC(), this.server, "forward-headers=" + header), problem);
		assertThat(this.server.requests()).singleElement().asString().contains("\r\n" + header + ": ");
	}

	@Test
	void ofWhenAStoreThenWhetherItCanBeRead() throws Exception {
		try (TestRedis redis = new TestRedis();
				SpringSessions kind = TestSessions.ofSpring(Clock.systemUTC(),
						List.of("store=redis", "url=" + redis.url()))) {
			assertTrial(kind, null);
		}
		try (SpringSessions kind = TestSessions.ofSpring(Clock.systemUTC(),
				List.of("store=redis", "url=redis://127.0.0.1:9", "cookie-base64=false"))) {
			assertTrial(kind, "the store cannot be reached: ");
		}
	}

	@Test
	void trialsThenOnlyThoseWhoAskSomebody() {
		Guests off = TestSessions.guests(Clock.systemUTC());
		IntrospectionSessions asking = TestServices.introspection(Clock.systemUTC(),
				TestServices.provider(this.server));
		AppJwtSessions jwts = TestSessions.withSecrets(Clock.systemUTC(), "jwt[0].issuer=x",
				"jwt[0].secret=a-secret-of-more-than-32-bytes-of-text");
		assertThat(new Sessions(List.of(jwts, asking), off).trials()).extracting(SessionTrial::subject)
			.containsExactly("introspection at " + this.server.uri("/introspect"));
	}

	private static void assertTrial(SessionKind kind, @Nullable String problem) {
		List<SessionTrial> trials = kind.trials();
		assertThat(trials).hasSize(1);
		SessionTrial trial = trials.get(0);
		assertThat(trial.subject()).startsWith(kind.name());
		if (problem == null) {
			assertThat(trial.problem()).isNull();
		}
		else {
			assertThat(trial.problem()).startsWith(problem);
		}
	}

}
