package dev.ablyauth.session;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Guests among the other session kinds: what those may see, who wins, and what a session
 * says of the guest that somebody was.
 */
class GuestBesideSessionTests {

	private static final String COOKIE = "__Host-ably-guest";

	private final Guests guests = TestSessions.guests(Clock.systemUTC(), "guests.enabled=true",
			"guests.secret=what only this server may know of guests");

	private final GuestToken guest = TestSessions.admit(this.guests, TestCredentials.none());

	private final Watching watching = new Watching(new ArrayList<>());

	private final Sessions sessions = new Sessions(List.of(this.watching), this.guests);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			guest | -     | -     | guest | a guest by bearer
			-     | -     | guest | guest | a guest by cookie
			ann   | -     | guest | ann   | who has signed in wins over the guest cookie
			-     | ann   | guest | ann   | also by cookie
			guest | ann   | -     | guest | what a client sends on purpose wins over what a browser adds
			guest | ann   | bad   | guest | also beside a bad cookie
			bad   | ann   | guest | bad!  | a guest token that is not valid ends the search
			-     | -     | bad   | bad!  | so does a guest cookie
			ann   | -     | bad   | ann   | which does not matter beside a session
			-     | ann   | bad   | ann   | nor here
			other | -     | guest | guest | a bearer that nobody knows is as good as none
			-     | -     | -     | none  | nothing at all
			""")
	void userWhenSeveralCredentialsThenThatOfTheRightKind(String bearer, String session, String cookie, String expected,
			String why) {
		TestCredentials credentials = TestCredentials.none();
		credentials = bearer.equals("-") ? credentials : credentials.header("Authorization", "Bearer " + token(bearer));
		credentials = session.equals("-") ? credentials : credentials.header("Cookie", "sid=" + session);
		credentials = cookie.equals("-") ? credentials : credentials.header("Cookie", COOKIE + "=" + token(cookie));
		assertThat(decided(credentials)).as(why).isEqualTo(expected);
	}

	private String token(String name) {
		return switch (name) {
			case "guest" -> this.guest.token();
			case "bad" -> this.guest.token().replaceFirst("[^.]+$", "A".repeat(43));
			default -> name;
		};
	}

	private String decided(Credentials credentials) {
		try {
			return this.sessions.user(credentials)
				.map((user) -> user.id().equals(this.guest.guestId()) ? "guest" : user.id())
				.orElse("none");
		}
		catch (Refused refused) {
			assertThat(refused.reason()).isEqualTo(Reason.INVALID_SESSION);
			assertThat(refused.session()).isEqualTo("guest");
			return "bad!";
		}
	}

	/** A kind may send what it sees to another service. */
	@Test
	void userThenNoOtherKindSeesAGuestToken() {
		for (TestCredentials credentials : List.of(TestCredentials.bearer(this.guest.token()),
				TestCredentials.cookie(COOKIE, this.guest.token()),
				TestCredentials.none().header("Cookie", "a=b; " + COOKIE + "=" + this.guest.token() + "; sid=ann"),
				TestCredentials.none().header("Cookie", COOKIE + " = " + this.guest.token() + ";c=d"),
				TestCredentials.bearer("ann").header("x-ably-auth-guest", this.guest.token()))) {
			this.sessions.user(credentials);
		}
		assertThat(this.watching.seen()).contains("cookies a=b; sid=ann", "cookies c=d")
			.allSatisfy((seen) -> assertThat(seen).doesNotContain(this.guest.token(), COOKIE));
	}

	@Test
	void hiddenInThenAllElseIsThere() {
		Credentials hidden = this.guests
			.hiddenIn(TestCredentials.bearer("t").header("X-A", "1").header("Cookie", "sid=ann").from("192.0.2.1"));
		assertThat(hidden.bearer()).contains("t");
		assertThat(hidden.headers("X-A")).containsExactly("1");
		assertThat(hidden.cookies("sid")).containsExactly("ann");
		assertThat(hidden.cookieHeader()).isEqualTo("sid=ann");
		assertThat(hidden.peer()).isEqualTo("192.0.2.1");
		assertThat(hidden.toString()).doesNotContain("ann");
		assertThat(this.guests.hiddenIn(TestCredentials.none()).cookieHeader()).isEmpty();
	}

	@Test
	void userWhenTheGuestSignsInThenTheSessionTellsWhichGuestItWas() {
		assertThat(claims(TestCredentials.bearer("ann").header("Cookie", COOKIE + "=" + this.guest.token())))
			.isEqualTo(Map.of("team", "red", "guestId", this.guest.guestId()));
		assertThat(claims(TestCredentials.bearer("ann").header(Guests.HEADER, this.guest.token())))
			.containsEntry("guestId", this.guest.guestId());
		GuestToken other = TestSessions.admit(this.guests, TestCredentials.none());
		assertThat(claims(TestCredentials.bearer("ann")
			.header("Cookie", COOKIE + "=" + other.token())
			.header(Guests.HEADER, this.guest.token()))).containsEntry("guestId", this.guest.guestId());
	}

	@ParameterizedTest
	@ValueSource(strings = { "guest-AAAAAAAAAAAAAAAAAAAAAA", "x", "a.b.c", "" })
	void userWhenTheGuestIsNotProvenThenNoClaim(String forged) {
		assertThat(claims(TestCredentials.bearer("ann")
			.header("Cookie", COOKIE + "=" + forged)
			.header(Guests.HEADER, forged)
			.header("guestId", this.guest.guestId()))).isEqualTo(Map.of("team", "red"));
	}

	@Test
	void userWhenTheSessionItselfBringsAGuestIdThenRemoved() {
		assertThat(claims(TestCredentials.bearer("eve"))).isEqualTo(Map.of("team", "red"));
		assertThat(claims(TestCredentials.bearer("eve").header(Guests.HEADER, this.guest.token())))
			.isEqualTo(Map.of("team", "red", "guestId", this.guest.guestId()));
	}

	@Test
	void userWhenTheCookieDoesNotCountThenTheBearerStillDoes() {
		Credentials foreign = new Foreign(TestCredentials.bearer("ann"));
		assertThat(claims(foreign)).isEqualTo(Map.of("team", "red"));
		Refused refused = catchThrowableOfType(Refused.class,
				() -> this.sessions.user(new Foreign(TestCredentials.none())));
		assertThat(refused.reason()).isEqualTo(Reason.FOREIGN_ORIGIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "guest-AAAAAAAAAAAAAAAAAAAAAA", "guest-", "guest-x" })
	void userWhenAnotherKindGivesTheIdOfAGuestThenRefused(String id) {
		SessionProperties settings = TestSessions.settings("jwt[0].issuer=https://a.example", "jwt[0].user-id-prefix=",
				"jwt[1].issuer=https://b.example", "jwt[1].user-id-prefix=gue", "guests.enabled=true");
		assertThat(catchThrowableOfType(Refused.class, () -> settings.prefixes().of(settings.jwt().get(0)).apply(id))
			.reason()).isEqualTo(Reason.CLAIM_NOT_SAFE);
		assertThat(catchThrowableOfType(Refused.class,
				() -> settings.prefixes().of(settings.jwt().get(1)).apply(id.substring("gue".length())))
			.reason()).isEqualTo(Reason.CLAIM_NOT_SAFE);
		SessionProperties off = TestSessions.settings("jwt[0].issuer=https://a.example");
		assertThat(off.prefixes().of(off.jwt().get(0)).apply(id)).isEqualTo(id);
	}

	@Test
	void isMistakenWhenAnIdIsOneOfGuestsThenOnlyForGuests() {
		assertThat(this.guests.isMistaken(UserJson.read("{\"id\":\"guest-x\"}"))).isTrue();
		assertThat(this.guests.isMistaken(UserJson.read("{\"id\":\"guest-x\",\"guest\":true}"))).isFalse();
		assertThat(this.guests.isMistaken(UserJson.read("{\"id\":\"ann\"}"))).isFalse();
	}

	private Map<String, Object> claims(Credentials credentials) {
		return this.sessions.user(credentials).orElseThrow().claims();
	}

	/**
	 * A kind that knows ann and eve, and remembers all that it is shown.
	 *
	 * @param seen what it was shown
	 */
	private record Watching(List<String> seen) implements SessionKind {

		@Override
		public String name() {
			return "watching";
		}

		@Override
		public Optional<AppUser> ofHeaders(Credentials credentials) {
			this.seen.add("headers " + credentials.bearer() + credentials.headers(Guests.HEADER));
			return credentials.bearer().flatMap(Watching::user);
		}

		@Override
		public Optional<AppUser> ofCookies(Credentials credentials) {
			this.seen.add("cookies " + credentials.cookieHeader());
			this.seen.add("cookie " + credentials.cookies(COOKIE));
			return credentials.cookies("sid").stream().findFirst().flatMap(Watching::user);
		}

		private static Optional<AppUser> user(String name) {
			return switch (name) {
				case "ann" -> Optional.of(UserJson.read("{\"id\":\"ann\",\"claims\":{\"team\":\"red\"}}"));
				case "eve" -> Optional
					.of(UserJson.read("{\"id\":\"eve\",\"claims\":{\"team\":\"red\",\"guestId\":\"guest-of-bob\"}}"));
				default -> Optional.empty();
			};
		}

	}

	/**
	 * Credentials of a page of somebody else, with a cookie.
	 *
	 * @param all what else came
	 */
	private record Foreign(Credentials all) implements Credentials {

		@Override
		public Optional<String> bearer() {
			return this.all.bearer();
		}

		@Override
		public List<String> headers(String name) {
			return this.all.headers(name);
		}

		@Override
		public List<String> cookies(String name) {
			throw new Refused(Reason.FOREIGN_ORIGIN, "Of another page.");
		}

		@Override
		public String cookieHeader() {
			throw new Refused(Reason.FOREIGN_ORIGIN, "Of another page.");
		}

		@Override
		public String peer() {
			return this.all.peer();
		}

	}

}
