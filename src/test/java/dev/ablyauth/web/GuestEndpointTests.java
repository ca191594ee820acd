package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.ablyauth.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The door at which somebody becomes a guest.
 */
class GuestEndpointTests {

	private static final String GUEST = "/api/guest";

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
	void postThenAGuestIdATokenAndACookie() {
		HttpResponse<String> answer = Http.post(server.uri(GUEST), "");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
		assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
		assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		JsonNode body = new JsonMapper().readTree(answer.body());
		assertThat(body.propertyNames()).containsExactly("guestId", "token", "expires");
		assertThat(body.get("guestId").asString()).matches("guest-[A-Za-z0-9_-]{22}");
		assertThat(Duration.between(Instant.now(), Instant.parse(body.get("expires").asString())).toSeconds())
			.isCloseTo(Duration.ofDays(30).toSeconds(), within(60L));
		List<String> cookie = GuestServer.cookie(answer);
		assertThat(cookie.get(0)).isEqualTo("__Host-ably-guest=" + body.get("token").asString());
		assertThat(cookie.stream().skip(1).filter((part) -> !part.startsWith("Expires=")))
			.containsExactlyInAnyOrder("Path=/", "Max-Age=2592000", "Secure", "HttpOnly", "SameSite=Lax");
	}

	@Test
	void postWhenTooManyGuestsBeginAtOneAddressThen503AndKnownOnesStay() {
		try (TestServer other = GuestServer.start("ably-auth.rate-limit.new-guests-per-address=3/1h",
				"ably-auth.web.trusted-proxies=127.0.0.1")) {
			GuestServer.Guest known = GuestServer.admit(other, "X-Forwarded-For", "192.0.2.1");
			GuestServer.admit(other, "X-Forwarded-For", "192.0.2.1");
			GuestServer.admit(other, "X-Forwarded-For", "192.0.2.1");
			HttpResponse<String> refused = Http.post(other.uri(GUEST), "", "X-Forwarded-For", "192.0.2.1");
			Answers.assertRefused(refused, 503, 50004);
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(refused.headers().allValues("Set-Cookie")).isEmpty();
			assertThat(GuestServer.admit(other, "X-Forwarded-For", "192.0.2.1", "Cookie", known.asCookie()).id())
				.isEqualTo(known.id());
			GuestServer.admit(other, "X-Forwarded-For", "192.0.2.2");
		}
	}

	@Test
	void postAndTokenWhenAGuestAsksTooOftenThen503AndOthersDoNot() {
		try (TestServer other = GuestServer.start("ably-auth.rate-limit.per-guest=3/1h")) {
			GuestServer.Guest guest = GuestServer.admit(other);
			String[] asGuest = { "Authorization", guest.asBearer() };
			GuestServer.admit(other, asGuest);
			assertThat(Http.get(other.uri("/api/ably-jwt"), asGuest).statusCode()).isEqualTo(200);
			assertThat(Http.get(other.uri("/api/ably-token-request"), asGuest).statusCode()).isEqualTo(200);
			Answers.assertRefused(Http.get(other.uri("/api/ably-jwt"), asGuest), 503, 50004);
			Answers.assertRefused(Http.post(other.uri(GUEST), "", asGuest), 503, 50004);
			assertThat(Http.get(other.uri("/api/ably-jwt"), "Authorization", GuestServer.admit(other).asBearer())
				.statusCode()).isEqualTo(200);
			for (int i = 0; i < 10; i++) {
				assertThat(Http.get(other.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann())
					.statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void postWhenTheAppIsOnAnotherSiteThenTheCookieSaysSo() {
		try (TestServer other = GuestServer.start("ably-auth.sessions.guests.cookie-same-site=None",
				"ably-auth.sessions.guests.cookie-name=__Host-g", "ably-auth.sessions.guests.ttl=1h",
				"ably-auth.sessions.guests.id-prefix=visitor.", "ably-auth.token.base-path=/auth")) {
			HttpResponse<String> answer = Http.post(other.uri("/auth/guest"), "");
			assertThat(GuestServer.cookie(answer)).contains("SameSite=None", "Secure", "Max-Age=3600", "Path=/")
				.anyMatch((part) -> part.startsWith("__Host-g="))
				.noneMatch((part) -> part.startsWith("Domain"));
			assertThat(GuestServer.guest(answer).id()).startsWith("visitor.");
		}
	}

	@Test
	void postWhenKnownThenTheSameGuestInEachTabAndRenewed() throws InterruptedException {
		GuestServer.Guest first = GuestServer.admit(server);
		Thread.sleep(1100);
		for (String[] known : List.of(new String[] { "Cookie", first.asCookie() },
				new String[] { "Authorization", first.asBearer() },
				new String[] { "Cookie", "session=" + TestServer.ann() + "; " + first.asCookie() },
				new String[] { "Cookie", first.asCookie(), "Authorization", "Bearer " + TestServer.ann() },
				new String[] { "Cookie", first.asCookie(), "Sec-Fetch-Site", "same-origin" },
				new String[] { "Cookie", first.asCookie(), "Authorization", "cookie", "Origin", TestServer.ORIGIN })) {
			GuestServer.Guest again = GuestServer.admit(server, known);
			assertThat(again.id()).isEqualTo(first.id());
			assertThat(again.token()).isNotEqualTo(first.token());
			assertThat(GuestServer.cookie(again.answer())).contains(again.asCookie());
		}
	}

	@Test
	void postWhenTheCookieIsNotValidThenANewGuest() {
		GuestServer.Guest first = GuestServer.admit(server);
		String over = GuestServer.token(GuestServer.SECRET, Duration.ofHours(-1)).token();
		String forged = GuestServer.token("another secret of more than thirty-two bytes", Duration.ofHours(1)).token();
		for (String bad : List.of(over, forged, first.token() + "x", "x", "", TestServer.ann())) {
			assertThat(GuestServer.admit(server, "Cookie", GuestServer.COOKIE + "=" + bad).id()).startsWith("guest-")
				.isNotIn(first.id(), "guest-AAAAAAAAAAAAAAAAAAAAAA");
			assertThat(GuestServer.admit(server, "Authorization", "Bearer " + bad).id()).isNotIn(first.id(),
					"guest-AAAAAAAAAAAAAAAAAAAAAA");
		}
	}

	@Test
	void postWhenSignedInThenThatDoesNotMatter() {
		for (String session : List.of(TestServer.ann(),
				TestServer.session("ann", java.util.Map.of(), Duration.ofHours(-1)))) {
			assertThat(GuestServer.admit(server, "Authorization", "Bearer " + session).id()).startsWith("guest-");
			assertThat(GuestServer.admit(server, "Cookie", "session=" + session).id()).startsWith("guest-");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"guestId\":\"guest-AAAAAAAAAAAAAAAAAAAAAA\",\"id\":\"ann\",\"token\":1}" })
	void postWhenThereIsABodyThenNothingInItCounts(String body) {
		assertThat(GuestServer.guest(Http.post(server.uri(GUEST), body, "Content-Type", "application/json")).id())
			.matches("guest-[A-Za-z0-9_-]{22}")
			.isNotEqualTo("guest-AAAAAAAAAAAAAAAAAAAAAA");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "application/json | [] | 400", "application/json | {\"a\":1,\"a\":2} | 400",
			"text/plain | {} | 400", "application/json | { | 400" })
	void postWhenTheBodyIsNoJsonObjectThenInvalid(String type, String body, int status) {
		Answers.assertRefused(Http.post(server.uri(GUEST), body, "Content-Type", type), status, 40000);
	}

	@Test
	void postWhenTheBodyIsTooLargeThenRefused() {
		Answers.assertRefused(Http.post(server.uri(GUEST), " ".repeat(17_000), "Content-Type", "application/json"), 413,
				40009);
	}

	@Test
	void postWhenTwoAuthorizationsThenInvalid() {
		Answers.assertRefused(
				Http.post(server.uri(GUEST), "", "Authorization", "Bearer a", "Authorization", "Bearer b"), 400, 40000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS" })
	void otherMethodThenNotAllowedAndNoGuest(String method) {
		HttpResponse<String> answer = Http.send(method, server.uri(GUEST), HttpRequest.BodyPublishers.noBody());
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(answer.headers().allValues("Allow")).containsExactly("POST");
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode")).contains("40500");
		assertThat(answer.headers().firstValue("X-Ably-ErrorMessage")).contains("Only POST is answered here.");
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
	}

	/** What another site could make a browser send would give its visitor another id. */
	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-,-,200", "-,same-origin,200", "-,same-site,200", "-,cross-site,403",
			"-,none,403", "https://app.example.com,cross-site,200", "https://app.example.com,same-site,200",
			"https://app.example.com,-,200", "https://evil.example,cross-site,403", "https://evil.example,-,403",
			"https://evil.example,same-site,403", "https://app.example.com.evil.tld,cross-site,403",
			"https://other.example,same-origin,200", "null,cross-site,403", "null,-,403" })
	void postThenOnlyFromTheAppsOwnPages(@Nullable String origin, @Nullable String site, int status) {
		for (String credential : new String[] { "", "cookie", "bearer" }) {
			GuestServer.Guest known = GuestServer.admit(server);
			List<String> headers = new ArrayList<>(List.of("X-Any", "1"));
			if (origin != null) {
				headers.addAll(List.of("Origin", origin));
			}
			if (site != null) {
				headers.addAll(List.of("Sec-Fetch-Site", site));
			}
			switch (credential) {
				case "cookie" -> headers.addAll(List.of("Cookie", known.asCookie()));
				case "bearer" -> headers.addAll(List.of("Authorization", known.asBearer()));
				default -> {
				}
			}
			HttpResponse<String> answer = Http.post(server.uri(GUEST), "", headers.toArray(String[]::new));
			if (status == 200) {
				assertThat(GuestServer.guest(answer).id().equals(known.id())).isEqualTo(!credential.isEmpty());
			}
			else {
				assertThat(Answers.assertRefused(answer, 403, 40300)).contains("allowed-origins");
			}
			assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
				.isEqualTo(TestServer.ORIGIN.equals(origin) ? List.of(TestServer.ORIGIN) : List.of());
			assertThat(answer.headers().allValues("Vary")).contains("Origin");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "script", "image", "iframe" })
	void postWhenAPageEmbedsTheAddressThenForbidden(String destination) {
		Answers.assertRefused(
				Http.post(server.uri(GUEST), "", "Sec-Fetch-Dest", destination, "Sec-Fetch-Site", "same-origin"), 403,
				40300);
	}

	@Test
	void preflightThenAllowedForListedPagesOnly() {
		assertThat(preflight(GUEST, TestServer.ORIGIN, "authorization").statusCode()).isEqualTo(200);
		HttpResponse<String> foreign = preflight(GUEST, "https://evil.example", "authorization");
		assertThat(foreign.statusCode()).isEqualTo(403);
		assertThat(foreign.headers().map()).doesNotContainKey("access-control-allow-origin");
		HttpResponse<String> header = preflight("/api/ably-jwt", TestServer.ORIGIN, "authorization, x-ably-auth-guest");
		assertThat(header.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
			.containsIgnoringCase("x-ably-auth-guest");
	}

	private static HttpResponse<String> preflight(String path, String origin, String headers) {
		return Http.send("OPTIONS", server.uri(path), HttpRequest.BodyPublishers.noBody(), "Origin", origin,
				"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", headers);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/guest/", "/api/guest/x", "/api//guest", "/api/guest;x=1", "/api/Guest", "/guest",
			"/api/%67uest/", "/api/./guest/../guest/" })
	void postWhenThePathIsAnotherThenNoGuest(String path) {
		HttpResponse<String> answer = Http.post(server.uri(path), "");
		assertThat(answer.statusCode()).isIn(400, 401, 404);
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST", "PUT", "HEAD" })
	void anyMethodWhenGuestsAreOffThenNotThere(String method) {
		try (TestServer off = TestServer.start()) {
			HttpResponse<String> answer = Http.send(method, off.uri(GUEST), HttpRequest.BodyPublishers.noBody());
			assertThat(answer.statusCode()).isEqualTo(404);
			if (!method.equals("HEAD")) {
				Answers.assertRefused(answer, 404, 40400);
			}
			assertThat(Http
				.send(method, off.uri(GUEST), HttpRequest.BodyPublishers.noBody(), "Authorization",
						"Bearer " + TestServer.ann())
				.statusCode()).isEqualTo(404);
			assertThat(Http
				.post(off.uri("/api/ably-jwt"), "", "Cookie",
						GuestServer.COOKIE + "=" + GuestServer.token(GuestServer.SECRET, Duration.ofHours(1)).token())
				.statusCode()).isEqualTo(401);
		}
	}

}
