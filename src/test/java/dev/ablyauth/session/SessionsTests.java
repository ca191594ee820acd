package dev.ablyauth.session;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Which kind decides when several credentials come together.
 */
class SessionsTests {

	/** Each knows only what begins with its own name. */
	private final Sessions sessions = new Sessions(List.of(new Named("a"), new Named("b")),
			TestSessions.guests(Clock.systemUTC()));

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a:ann |        | a:ann  | the first kind knows the bearer
			b:ann |        | b:ann  | the second kind knows the bearer
			c:ann |        |        | nobody knows the bearer
			b:ann | a:bob  | b:ann  | a bearer that is known wins over a cookie of an earlier kind
			c:ann | a:bob  | a:bob  | a bearer that nobody knows is as good as none
			      | b:bob  | b:bob  | a cookie alone
			      | c:bob  |        | a cookie that nobody knows
			b:bad | a:bob  | b!     | a bearer that is known and not valid ends the search
			a:bad | b:bob  | a!     | a bearer that is known and not valid ends the search
			      | b:bad  | b!     | a cookie that is known and not valid
			""")
	void userWhenSeveralCredentialsThenThatOfTheRightKind(String bearer, String cookie, String expected, String why) {
		TestCredentials credentials = TestCredentials.none();
		credentials = (bearer != null) ? credentials.header("Authorization", "Bearer " + bearer) : credentials;
		credentials = (cookie != null) ? credentials.header("Cookie", "sid=" + cookie) : credentials;
		assertThat(decided(credentials)).as(why).isEqualTo((expected != null) ? expected : "");
	}

	private String decided(Credentials credentials) {
		try {
			return this.sessions.user(credentials).map((user) -> user.source().kind() + ":" + user.id()).orElse("");
		}
		catch (Refused refused) {
			assertThat(refused.reason()).isEqualTo(Reason.INVALID_SESSION);
			return refused.session() + "!";
		}
	}

	@Test
	void userWhenAKindCannotTellThenNoOtherIsAsked() {
		Sessions down = new Sessions(List.of(new Down(), new Named("b")), TestSessions.guests(Clock.systemUTC()));
		Refused refused = catchThrowableOfType(Refused.class, () -> down.user(TestCredentials.bearer("b:ann")));
		assertThat(refused.reason()).isEqualTo(Reason.SESSION_SOURCE_DOWN);
		assertThat(refused.session()).isEqualTo("down");
	}

	/** A kind whose users name themselves. */
	private record Named(String name) implements SessionKind {

		@Override
		public Optional<AppUser> ofHeaders(Credentials credentials) {
			return credentials.bearer().flatMap(this::user);
		}

		@Override
		public Optional<AppUser> ofCookies(Credentials credentials) {
			return credentials.cookies("sid").stream().findFirst().flatMap(this::user);
		}

		private Optional<AppUser> user(String credential) {
			if (!credential.startsWith(this.name)) {
				return Optional.empty();
			}
			if (credential.endsWith("bad")) {
				throw new Refused(Reason.INVALID_SESSION, "Not valid.");
			}
			return Optional
				.of(UserJson.read("{\"id\":\"" + credential.substring(2) + "\",\"source\":\"" + this.name + "\"}"));
		}

	}

	/** A kind whose service is away. */
	private static final class Down implements SessionKind {

		@Override
		public String name() {
			return "down";
		}

		@Override
		public Optional<AppUser> ofHeaders(Credentials credentials) {
			throw new Refused(Reason.SESSION_SOURCE_DOWN, "Away.");
		}

	}

}
