package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import dev.ablyauth.session.AppTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a guest: a token by own rules, for an own time, until the guest signs
 * in.
 */
class GuestLifeTests {

	private static final String JWT = "/api/ably-jwt";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = GuestServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void jwtWhenGuestThenTheIdAndTheRulesOfGuests() {
		GuestServer.Guest guest = GuestServer.admit(server);
		for (String[] credential : List.of(new String[] { "Cookie", guest.asCookie() },
				new String[] { "Authorization", guest.asBearer() },
				new String[] { "Authorization", "cookie", "Cookie", guest.asCookie() })) {
			DecodedJWT jwt = Answers.assertJwt(Http.get(server.uri(JWT), credential));
			assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo(guest.id());
			assertThat(Answers.capability(jwt))
				.isEqualTo(Map.of("live", List.of("subscribe"), "box:" + guest.id(), List.of("publish", "subscribe")));
			assertThat(Duration.between(jwt.getIssuedAtAsInstant(), jwt.getExpiresAtAsInstant()))
				.isLessThanOrEqualTo(Duration.ofMinutes(10));
			Answers.assertTokenRequest(Http.get(server.uri("/api/ably-token-request"), credential));
		}
	}

	@Test
	void jwtWhenNobodyIsKnownThenNoSessionAndNoGuest() {
		for (String path : List.of(JWT, "/api/ably-token-request", "/api/ably-token", "/api/auth/token")) {
			Answers.assertRefused(Http.get(server.uri(path)), 401, 40100);
			Answers.assertRefused(Http.post(server.uri(path), ""), 401, 40100);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { JWT, "/api/ably-token-request", "/api/ably-token", "/api/nothing", "/nothing", "/livez",
			"/actuator/health", "/admin/explain" })
	void anyOtherPathThenNoCookieIsSet(String path) {
		GuestServer.Guest guest = GuestServer.admit(server);
		for (String cookie : List.of(guest.asCookie(), GuestServer.COOKIE + "=bad", "a=b")) {
			assertThat(Http.get(server.uri(path), "Cookie", cookie).headers().firstValue("Set-Cookie")).isEmpty();
			assertThat(Http.post(server.uri(path), "", "Cookie", cookie).headers().firstValue("Set-Cookie")).isEmpty();
		}
	}

	@Test
	void jwtWhenTheGuestTokenIsNotValidThenInvalid() {
		AppTokens good = GuestServer.token(GuestServer.SECRET, Duration.ofHours(1));
		Answers.assertJwt(Http.get(server.uri(JWT), "Authorization", "Bearer " + good.token()));
		String unsigned = good.header("alg", "none").token();
		for (String bad : List.of(GuestServer.token(GuestServer.SECRET, Duration.ofHours(-1)).token(),
				GuestServer.token("another secret of more than thirty-two bytes", Duration.ofHours(1)).token(),
				good.header("typ", "JWT").token(), good.subject("ann").token(), unsigned,
				unsigned.substring(0, unsigned.lastIndexOf('.') + 1),
				AppTokens.hs256("ably-auth-server/guest", TestServer.SECRET)
					.header("typ", "guest+jwt")
					.subject("guest-AAAAAAAAAAAAAAAAAAAAAA")
					.token())) {
			Answers.assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + bad), 401, 40100);
			Answers.assertRefused(Http.get(server.uri(JWT), "Cookie", GuestServer.COOKIE + "=" + bad), 401, 40100);
		}
		Answers.assertRefused(Http.get(server.uri(JWT), "Cookie", GuestServer.COOKIE + "=x"), 401, 40100);
		String other = AppTokens.hs256("https://login.example", GuestServer.SECRET).subject("ann").token();
		Answers.assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + other), 401, 40100);
	}

	@Test
	void jwtWhenTheSecretHasChangedThenTheGuestBeginsAnew() {
		GuestServer.Guest guest = GuestServer.admit(server);
		try (TestServer changed = GuestServer
			.start("ably-auth.sessions.guests.secret=" + GuestServer.SECRET + "-of-another-day")) {
			Answers.assertRefused(Http.get(changed.uri(JWT), "Cookie", guest.asCookie()), 401, 40100);
			GuestServer.Guest anew = GuestServer.admit(changed, "Cookie", guest.asCookie());
			assertThat(anew.id()).isNotEqualTo(guest.id());
			Answers.assertJwt(Http.get(changed.uri(JWT), "Cookie", anew.asCookie()));
		}
	}

	@Test
	void jwtThenDoesNotOutliveTheGuestToken() {
		String token = GuestServer.token(GuestServer.SECRET, Duration.ofMinutes(3)).token();
		DecodedJWT jwt = Answers.assertJwt(Http.get(server.uri(JWT), "Authorization", "Bearer " + token));
		assertThat(jwt.getExpiresAtAsInstant()).isBefore(Instant.now().plus(Duration.ofMinutes(3)));
		String nearlyOver = GuestServer.token(GuestServer.SECRET, Duration.ofSeconds(50)).token();
		Answers.assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + nearlyOver), 401, 40100);
	}

	@Test
	void jwtWhenTheGuestSignsInThenTheUserAndTheGuestIdToMerge() {
		GuestServer.Guest guest = GuestServer.admit(server);
		Map<String, List<String>> merged = Map.of("live", List.of("subscribe"), "notify:ann", List.of("subscribe"),
				"box:" + guest.id(), List.of("history"));
		for (String[] credentials : List.of(
				new String[] { "Cookie", "session=" + TestServer.ann() + "; " + guest.asCookie() },
				new String[] { "Cookie", guest.asCookie(), "Authorization", "Bearer " + TestServer.ann() },
				new String[] { "X-Ably-Auth-Guest", guest.token(), "Authorization", "Bearer " + TestServer.ann() })) {
			DecodedJWT jwt = Answers.assertJwt(Http.get(server.uri(JWT), credentials));
			assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
			assertThat(Answers.capability(jwt)).isEqualTo(merged);
		}
	}

	@Test
	void jwtWhenTheGuestIdIsClaimedAndNotProvenThenNotBelieved() {
		GuestServer.Guest guest = GuestServer.admit(server);
		String claiming = TestServer.session("eve", Map.of("guestId", guest.id()));
		String forged = GuestServer.token("another secret of more than thirty-two bytes", Duration.ofHours(1)).token();
		for (String[] more : List.of(new String[] {}, new String[] { "X-Ably-Auth-Guest", guest.id() },
				new String[] { "X-Ably-Auth-Guest", forged },
				new String[] { "Cookie", GuestServer.COOKIE + "=" + forged },
				new String[] { "Cookie", guest.asCookie(), "Origin", "https://evil.example" })) {
			DecodedJWT jwt = Answers
				.assertJwt(Http.get(server.uri(JWT), with(more, "Authorization", "Bearer " + claiming)));
			assertThat(Answers.capability(jwt)).containsOnlyKeys("live", "notify:eve");
		}
	}

	/** Without guests the name of this claim means nothing to the server. */
	@Test
	void jwtWhenGuestsAreOffThenTheClaimIsTheApps() {
		try (TestServer off = TestServer.startWith(GuestServer.POLICY)) {
			DecodedJWT jwt = Answers.assertJwt(Http.get(off.uri(JWT), "Authorization",
					"Bearer " + TestServer.session("eve", Map.of("guestId", "of-the-app"))));
			assertThat(Answers.capability(jwt)).containsKey("box:of-the-app");
			Answers.assertJwt(
					Http.get(off.uri(JWT), "Authorization", "Bearer " + TestServer.session("guest-x", Map.of())));
		}
	}

	@Test
	void jwtWhenAClientStillAsksAsTheGuestThenToldToConnectAnew() {
		GuestServer.Guest guest = GuestServer.admit(server);
		String path = JWT + "?clientId=" + guest.id();
		Answers.assertJwt(Http.get(server.uri(path), "Cookie", guest.asCookie()));
		for (String[] credentials : List.of(
				new String[] { "Cookie", "session=" + TestServer.ann() + "; " + guest.asCookie() },
				new String[] { "X-Ably-Auth-Guest", guest.token(), "Authorization", "Bearer " + TestServer.ann() })) {
			assertThat(Answers.assertRefused(Http.get(server.uri(path), credentials), 403, 40300))
				.isEqualTo("The guest has signed in and has another clientId now; the client must connect anew.");
		}
		assertThat(Answers.assertRefused(Http.get(server.uri(path), "Authorization", "Bearer " + TestServer.ann(),
				"X-Ably-Auth-Guest", GuestServer.admit(server).token()), 403, 40300))
			.isEqualTo("The clientId that was asked for is not that of this user.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "guest-AAAAAAAAAAAAAAAAAAAAAA", "guest-", "guest-ann" })
	void jwtWhenAUserHasTheIdOfAGuestThenRefused(String id) {
		Answers.assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + TestServer.session(id, Map.of())),
				403, 40300);
		Answers.assertRefused(Http.get(server.uri(JWT), "Cookie", "session=" + TestServer.session(id, Map.of())), 403,
				40300);
	}

	@Test
	void jwtWhenAForeignPageSendsTheGuestCookieThenRefused() {
		GuestServer.Guest guest = GuestServer.admit(server);
		Answers.assertRefused(Http.get(server.uri(JWT), "Cookie", guest.asCookie(), "Origin", "https://evil.example"),
				403, 40300);
		Answers.assertRefused(Http.get(server.uri(JWT), "Cookie", guest.asCookie(), "Sec-Fetch-Site", "cross-site"),
				403, 40300);
		HttpResponse<String> bearer = Http.get(server.uri(JWT), "Authorization", guest.asBearer(), "Origin",
				"capacitor://localhost");
		Answers.assertJwt(bearer);
	}

	private static String[] with(String[] headers, String name, String value) {
		String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
		all[headers.length] = name;
		all[headers.length + 1] = value;
		return all;
	}

}
