package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Which credentials are a guest's, and which only say so.
 */
class GuestsTests {

	private static final String SECRET = "what only this server may know of guests";

	private static final String COOKIE = "__Host-ably-guest";

	private static final String ID = "guest-AAAAAAAAAAAAAAAAAAAAAA";

	private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

	private final MutableClock clock = new MutableClock(START);

	private final Guests guests = guests("guests.ttl=2d");

	private final AppTokens good = tokens(SECRET);

	@Test
	void admitWhenNobodyIsKnownThenANewGuest() {
		GuestToken first = TestSessions.admit(this.guests, TestCredentials.none());
		assertThat(first.guestId()).matches("guest-[A-Za-z0-9_-]{22}");
		assertThat(first.expires()).isEqualTo(START.plus(Duration.ofDays(2)));
		assertThat(bearer(first.token())).isEqualTo(AppUser.guest(first.guestId(), first.expires()));
		assertThat(first.toString()).doesNotContain(first.token());
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			ids.add(TestSessions.admit(this.guests, TestCredentials.none()).guestId());
		}
		assertThat(ids).hasSize(1000);
	}

	@Test
	void guestThenHasAnIdAndNothingElse() {
		AppUser guest = bearer(this.good.claim("roles", List.of("admin")).claim("plan", "pro").token());
		assertThat(guest.guest()).isTrue();
		assertThat(guest.id()).isEqualTo(ID);
		assertThat(guest.roles()).isEmpty();
		assertThat(guest.claims()).isEqualTo(Map.of("guestId", ID));
		assertThat(guest.source()).hasToString("guest:guest");
		assertThat(guest.expires()).isEqualTo(START.plus(Duration.ofMinutes(5)));
	}

	@Test
	void admitWhenKnownByCookieOrBearerThenTheSameGuestForAnotherWhile() {
		GuestToken first = TestSessions.admit(this.guests, TestCredentials.none());
		this.clock.advance(Duration.ofDays(1));
		for (TestCredentials known : List.of(TestCredentials.cookie(COOKIE, first.token()),
				TestCredentials.bearer(first.token()),
				TestCredentials.bearer("of another kind").header("Cookie", COOKIE + "=" + first.token()))) {
			GuestToken renewed = TestSessions.admit(this.guests, known);
			assertThat(renewed.guestId()).isEqualTo(first.guestId());
			assertThat(renewed.expires()).isEqualTo(START.plus(Duration.ofDays(3)));
		}
	}

	@Test
	void admitWhenCookieAndBearerDifferThenTheBearerCounts() {
		GuestToken one = TestSessions.admit(this.guests, TestCredentials.none());
		GuestToken two = TestSessions.admit(this.guests, TestCredentials.none());
		assertThat(TestSessions
			.admit(this.guests, TestCredentials.bearer(one.token()).header("Cookie", COOKIE + "=" + two.token()))
			.guestId()).isEqualTo(one.guestId());
		assertThat(TestSessions
			.admit(this.guests, TestCredentials.bearer(one.token() + "x").header("Cookie", COOKIE + "=" + two.token()))
			.guestId()).isEqualTo(two.guestId());
	}

	@Test
	void admitWhenTheTokenIsNotValidThenANewGuest() {
		String expired = this.good.token();
		this.clock.advance(Duration.ofHours(1));
		for (String bad : List.of(expired, tokens("another secret that is long enough too").token(), "x", "a.b.c")) {
			assertThat(TestSessions.admit(this.guests, TestCredentials.cookie(COOKIE, bad)).guestId())
				.startsWith("guest-")
				.isNotEqualTo(ID);
			assertThat(TestSessions.admit(this.guests, TestCredentials.bearer(bad)).guestId()).isNotEqualTo(ID);
		}
	}

	@Test
	void guestWhenAnyBitIsChangedThenNeverAGuest() {
		String token = this.good.token();
		for (int at = 0; at < token.length(); at++) {
			if (token.charAt(at) != '.') {
				char other = BASE64URL.charAt(BASE64URL.indexOf(token.charAt(at)) ^ 1);
				String changed = token.substring(0, at) + other + token.substring(at + 1);
				assertThat(isGuest(TestCredentials.bearer(changed))).as("bearer changed at " + at).isFalse();
				assertInvalid(TestCredentials.cookie(COOKIE, changed));
			}
		}
	}

	@Test
	void guestWhenForgedThenInvalid() {
		assertForged(tokens("another secret that is long enough too"));
		assertForged(this.good.header("alg", "none"));
		assertForged(this.good.header("alg", "HS512"));
		assertForged(this.good.header("typ", "JWT"));
		assertForged(this.good.withoutHeader("typ"));
		assertForged(this.good.header("crit", List.of("b64")));
		assertForged(this.good.without("exp"));
		assertForged(this.good.claim("exp", "2099-01-01"));
		assertForged(this.good.claim("exp", START.getEpochSecond() - 31));
		assertForged(this.good.claim("iat", START.getEpochSecond() + 31));
		assertForged(this.good.claim("nbf", START.getEpochSecond() + 31));
		assertForged(this.good.without("sub"));
		String unsigned = this.good.header("alg", "none").token();
		assertInvalid(TestCredentials.bearer(unsigned.substring(0, unsigned.lastIndexOf('.') + 1)));
	}

	private void assertForged(AppTokens forged) {
		assertInvalid(TestCredentials.bearer(forged.token()));
		assertInvalid(TestCredentials.cookie(COOKIE, forged.token()));
		assertThat(TestSessions.admit(this.guests, TestCredentials.cookie(COOKIE, forged.token())).guestId())
			.isNotEqualTo(ID);
	}

	/** After a change of id-prefix, the old ids may be those of users. */
	@ParameterizedTest
	@ValueSource(strings = { "ann", "guest-", "guest-ann", "g-AAAAAAAAAAAAAAAAAAAAAA", "guest-AAAAAAAAAAAAAAAAAAAAA*",
			"guest-AAAAAAAAAAAAAAAAAAAAAAA", "xguest-AAAAAAAAAAAAAAAAAAAAAA", "guest-AAAAAAAAAAAAAAAAAAAAAA\n" })
	void guestWhenTheIdIsNoneOfGuestsThenInvalid(String id) {
		assertInvalid(TestCredentials.bearer(this.good.subject(id).token()));
	}

	@Test
	void guestWhenTheTokenIsOfAnotherIssuerThenAnotherKindMayKnowTheBearerAndNobodyTheCookie() {
		for (String issuer : List.of("https://login.example", "ably-auth-server/guest/", "Ably-Auth-Server/Guest",
				"")) {
			String token = this.good.claim("iss", issuer).token();
			assertThat(this.guests.ofHeaders(TestCredentials.bearer(token))).isEmpty();
			assertInvalid(TestCredentials.cookie(COOKIE, token));
		}
		assertThat(this.guests
			.ofHeaders(TestCredentials.bearer(this.good.claim("iss", List.of(GuestTokens.ISSUER)).token()))).isEmpty();
		assertThat(this.guests.ofHeaders(TestCredentials.bearer("opaque"))).isEmpty();
		assertThat(this.guests.ofHeaders(TestCredentials.none())).isEmpty();
	}

	@Test
	void guestWhenTheCookieIsEmptyOrOfAnotherNameThenNoCredential() {
		assertThat(this.guests.ofCookies(TestCredentials.cookie(COOKIE, ""))).isEmpty();
		assertThat(this.guests.ofCookies(TestCredentials.cookie("__host-ably-guest", this.good.token()))).isEmpty();
		assertThat(this.guests.ofCookies(TestCredentials.bearer(this.good.token()))).isEmpty();
	}

	@Test
	void guestWhenOverThenInvalidWithinTheToleranceOfClocks() {
		String token = TestSessions.admit(this.guests, TestCredentials.none()).token();
		this.clock.advance(Duration.ofDays(2).plusSeconds(29));
		assertThat(isGuest(TestCredentials.bearer(token))).isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		assertInvalid(TestCredentials.bearer(token));
	}

	@Test
	void guestsWhenOffThenNothingIsTheirs() {
		Guests off = TestSessions.guests(this.clock, "guests.secret=" + SECRET);
		assertThat(off.enabled()).isFalse();
		assertThat(off.ofHeaders(TestCredentials.bearer(this.good.token()))).isEmpty();
		assertThat(off.ofCookies(TestCredentials.cookie(COOKIE, this.good.token()))).isEmpty();
		AppUser user = UserJson.read("{\"id\":\"guest-x\",\"claims\":{\"guestId\":\"of the app\"}}");
		assertThat(off.knownBefore(user, TestCredentials.cookie(COOKIE, this.good.token()))).isSameAs(user);
		assertThat(off.isMistaken(user)).isFalse();
		TestCredentials credentials = TestCredentials.cookie(COOKIE, "x");
		assertThat(off.hiddenIn(credentials)).isSameAs(credentials);
	}

	@Test
	void signThenTheBytesOfTheTokenAreKnown() {
		String[] parts = TestSessions.admit(this.guests, TestCredentials.bearer(this.good.token()))
			.token()
			.split("\\.", -1);
		assertThat(text(parts[0])).contains("\"typ\":\"guest+jwt\"", "\"alg\":\"HS256\"");
		assertThat(Claims.read(text(parts[1]).getBytes(StandardCharsets.UTF_8)))
			.isEqualTo(Map.of("iss", "ably-auth-server/guest", "sub", ID, "iat", START.getEpochSecond(), "exp",
					START.plus(Duration.ofDays(2)).getEpochSecond()));
	}

	private static String text(String base64url) {
		return new String(java.util.Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
	}

	private Guests guests(String... lines) {
		String[] all = java.util.Arrays.copyOf(lines, lines.length + 2);
		all[lines.length] = "guests.enabled=true";
		all[lines.length + 1] = "guests.secret=" + SECRET;
		return TestSessions.guests(this.clock, all);
	}

	private AppTokens tokens(String secret) {
		return AppTokens.hs256(GuestTokens.ISSUER, secret).at(this.clock).header("typ", "guest+jwt").subject(ID);
	}

	private AppUser bearer(String token) {
		return this.guests.ofHeaders(TestCredentials.bearer(token)).orElseThrow();
	}

	private boolean isGuest(TestCredentials credentials) {
		try {
			return this.guests.ofHeaders(credentials).isPresent();
		}
		catch (Refused refused) {
			return false;
		}
	}

	private void assertInvalid(TestCredentials credentials) {
		Refused refused = catchThrowableOfType(Refused.class,
				() -> this.guests.ofHeaders(credentials).or(() -> this.guests.ofCookies(credentials)));
		assertThat(refused).as(credentials.sent().toString()).isNotNull();
		assertThat(refused.reason()).isEqualTo(Reason.INVALID_SESSION);
		assertThat(refused.getMessage()).isIn("The guest token is not valid.", "The session is not valid.");
	}

}
