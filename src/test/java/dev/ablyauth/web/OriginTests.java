package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

import static dev.ablyauth.web.Answers.assertJwt;
import static dev.ablyauth.web.Answers.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

class OriginTests {

	private static final String JWT = "/api/ably-jwt";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-,-,200", "-,same-origin,200", "-,same-site,200", "-,cross-site,403", "-,none,403",
					"https://app.example.com,cross-site,200", "https://app.example.com,same-site,200",
					"https://app.example.com,-,200", "https://evil.example,cross-site,403",
					"https://evil.example,-,403", "https://evil.example,same-site,403",
					"https://other.example,same-origin,200", "null,cross-site,403", "null,-,403" })
	void cookieThenCountsOnlyFromTheAppsOwnPages(@Nullable String origin, @Nullable String site, int status) {
		HttpResponse<String> answer = withCookie(origin, site);
		if (status == 200) {
			assertJwt(answer);
		}
		else {
			assertRefused(answer, 403, 40300);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "script", "image", "iframe" })
	void cookieWhenPageEmbedsTheAddressThenForbidden(String destination) {
		assertRefused(Http.get(server.uri(JWT), "Cookie", "session=" + TestServer.ann(), "Sec-Fetch-Dest", destination,
				"Sec-Fetch-Site", "same-origin"), 403, 40300);
	}

	@Test
	void cookieWhenOfAnotherNameThenNoSession() {
		assertRefused(Http.get(server.uri(JWT), "Cookie", "other=" + TestServer.ann()), 401, 40100);
	}

	@Test
	void cookieWithDummyAuthorizationThenTheCookieCounts() {
		assertJwt(Http.get(server.uri(JWT), "Cookie", "session=" + TestServer.ann(), "Authorization", "cookie"));
	}

	@Test
	void cookieWithUnknownBearerThenTheCookieCounts() {
		assertJwt(
				Http.get(server.uri(JWT), "Cookie", "session=" + TestServer.ann(), "Authorization", "Bearer YWJseQ=="));
	}

	@Test
	void cookieWithKnownBearerThenTheBearerDecides() {
		String bob = TestServer.session("bob", java.util.Map.of());
		assertThat(assertJwt(
				Http.get(server.uri(JWT), "Cookie", "session=" + TestServer.ann(), "Authorization", "Bearer " + bob))
			.getClaim("x-ably-clientId")
			.asString()).isEqualTo("bob");
		String over = TestServer.session("bob", java.util.Map.of(), java.time.Duration.ofHours(-1));
		assertRefused(
				Http.get(server.uri(JWT), "Cookie", "session=" + TestServer.ann(), "Authorization", "Bearer " + over),
				401, 40100);
	}

	@Test
	void corsWhenListedThenTheAnswerMayBeRead() {
		HttpResponse<String> answer = Http.get(server.uri(JWT), "Authorization", "Bearer " + TestServer.ann(), "Origin",
				TestServer.ORIGIN);
		assertJwt(answer);
		assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(TestServer.ORIGIN);
		assertThat(answer.headers().allValues("Access-Control-Allow-Credentials")).containsExactly("true");
		assertThat(String.join(",", answer.headers().allValues("Access-Control-Expose-Headers")))
			.contains("X-Ably-ErrorCode", "X-Ably-ErrorMessage", "X-Ably-Auth-Narrowed");
		assertThat(answer.headers().allValues("Vary")).contains("Origin");
	}

	@Test
	void corsWhenRefusedThenTheRefusalMayBeRead() {
		HttpResponse<String> answer = Http.get(server.uri(JWT), "Origin", TestServer.ORIGIN);
		assertRefused(answer, 401, 40100);
		assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(TestServer.ORIGIN);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://app.example.com.evil.tld", "https://evilapp.example.com", "http://app.example.com",
					"https://app.example.com:8443", "https://APP.example.com", "https://app.example.com.", "null",
					"file://", "https://app.example.com/", "capacitor://localhost", "https://xn--app-example.com" })
	void corsWhenNotListedThenABearerIsAnsweredWithoutCorsHeaders(String origin) {
		HttpResponse<String> answer = Http.get(server.uri(JWT), "Authorization", "Bearer " + TestServer.ann(), "Origin",
				origin);
		assertJwt(answer);
		assertThat(answer.headers().map().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
		assertThat(answer.headers().allValues("Vary")).contains("Origin");
	}

	@Test
	void corsWhenTwoOriginsThenNoneOfThemCounts() {
		HttpResponse<String> answer = Http.get(server.uri(JWT), "Cookie", "session=" + TestServer.ann(), "Origin",
				TestServer.ORIGIN, "Origin", "https://evil.example");
		assertRefused(answer, 403, 40300);
		assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "HEAD", "DELETE" })
	void otherMethodWhenOriginIsListedThenNotAllowed(String method) {
		HttpResponse<String> answer = Http.send(method, server.uri(JWT), HttpRequest.BodyPublishers.noBody(), "Origin",
				TestServer.ORIGIN, "Authorization", "Bearer " + TestServer.ann());
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode")).contains("40500");
	}

	@Test
	void preflightWhenListedThenAllowed() {
		HttpResponse<String> answer = preflight(TestServer.ORIGIN);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(TestServer.ORIGIN);
		assertThat(String.join(",", answer.headers().allValues("Access-Control-Allow-Headers"))
			.toLowerCase(java.util.Locale.ROOT)).contains("authorization");
	}

	@Test
	void preflightWhenNotListedThenRefused() {
		HttpResponse<String> answer = preflight("https://evil.example");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
	}

	private static HttpResponse<String> preflight(String origin) {
		return Http.send("OPTIONS", server.uri(JWT), HttpRequest.BodyPublishers.noBody(), "Origin", origin,
				"Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "authorization");
	}

	private static HttpResponse<String> withCookie(@Nullable String origin, @Nullable String site) {
		List<String> headers = new ArrayList<>(List.of("Cookie", "session=" + TestServer.ann()));
		if (origin != null) {
			headers.addAll(List.of("Origin", origin));
		}
		if (site != null) {
			headers.addAll(List.of("Sec-Fetch-Site", site));
		}
		return Http.get(server.uri(JWT), headers.toArray(String[]::new));
	}

}
