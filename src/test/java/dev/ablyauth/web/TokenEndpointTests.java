package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static dev.ablyauth.web.Answers.assertJwt;
import static dev.ablyauth.web.Answers.assertRefused;
import static dev.ablyauth.web.Answers.assertTokenRequest;
import static dev.ablyauth.web.Answers.capability;
import static org.assertj.core.api.Assertions.assertThat;

class TokenEndpointTests {

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

	@Test
	void jwtWhenSignedInThenSaysWhatThePolicyGives() {
		DecodedJWT jwt = assertJwt(get(JWT));
		assertThat(capability(jwt)).containsOnly(Map.entry("notify:ann", List.of("history", "subscribe")),
				Map.entry("team:red:*", List.of("history", "presence", "publish", "subscribe")));
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
		assertThat(jwt.getClaims()).containsOnlyKeys("iat", "exp", "jti", "x-ably-capability", "x-ably-clientId");
	}

	@Test
	void tokenRequestWhenSignedInThenNumbersAreNumbersAndNothingIsNull() {
		JsonNode request = assertTokenRequest(get("/api/ably-token-request"));
		assertThat(request.propertyNames()).containsExactly("keyName", "ttl", "capability", "clientId", "timestamp",
				"nonce", "mac");
		assertThat(request.get("ttl").isIntegralNumber()).isTrue();
		assertThat(request.get("timestamp").isIntegralNumber()).isTrue();
		assertThat(request.get("capability").isString()).isTrue();
		assertThat(request.get("mac").asString()).matches("[A-Za-z0-9+/]{43}=");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-token", "/api/auth/token" })
	void tokenWhenItFitsThenAJwt(String path) {
		assertJwt(get(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/xml", "text/html", "application/x-msgpack", "nonsense", "*/*" })
	void jwtWhateverIsAcceptedThenTheSame(String accept) {
		assertJwt(Http.get(server.uri(JWT + "?format=msgpack&v=2&rnd=1234"), "Authorization",
				"Bearer " + TestServer.ann(), "Accept", accept));
	}

	@ParameterizedTest
	@ValueSource(strings = { "bearer ", "BEARER ", "Bearer   " })
	void jwtWhateverTheCaseOfBearerThenAccepted(String scheme) {
		assertJwt(Http.get(server.uri(JWT), "Authorization", scheme + TestServer.ann()));
	}

	@Test
	void jwtWhenWishInQueryThenNarrowed() {
		HttpResponse<String> answer = get(
				JWT + "?ttl=120000&clientId=ann&capability=%7B%22team:red:a%22:%5B%22publish%22%5D%7D");
		DecodedJWT jwt = assertJwt(answer);
		assertThat(capability(jwt)).containsOnly(Map.entry("team:red:a", List.of("publish")));
		assertThat(life(jwt)).isBetween(Duration.ofSeconds(108), Duration.ofSeconds(120));
		assertThat(answer.headers().firstValue("X-Ably-Auth-Narrowed")).isEmpty();
	}

	@Test
	void jwtWhenWishInFormThenNarrowed() {
		DecodedJWT jwt = assertJwt(post("ttl=120000&capability=%7B%22team:red:a%22:%5B%22publish%22%5D%7D&rnd=1",
				"application/x-www-form-urlencoded"));
		assertThat(capability(jwt)).containsOnlyKeys("team:red:a");
	}

	@Test
	void jwtWhenWishInJsonThenNarrowed() {
		DecodedJWT jwt = assertJwt(post(
				"{\"ttl\":120000,\"capability\":\"{\\\"team:red:a\\\":[\\\"publish\\\"]}\",\"timestamp\":1,\"other\":{}}",
				"application/json; charset=utf-8"));
		assertThat(capability(jwt)).containsOnlyKeys("team:red:a");
	}

	@Test
	void jwtWhenPostWithoutBodyThenIssued() {
		assertJwt(Http.post(server.uri(JWT), "", "Authorization", "Bearer " + TestServer.ann()));
	}

	@Test
	void jwtWhenMoreIsWishedThenNotWidenedAndSaidSo() {
		HttpResponse<String> answer = get(JWT + "?capability=%7B%22*%22:%5B%22*%22%5D%7D");
		assertThat(capability(assertJwt(answer))).containsOnlyKeys("notify:ann", "team:red:*");
		assertThat(answer.headers().firstValue("X-Ably-Auth-Narrowed")).contains("true");
	}

	@Test
	void jwtWhenTtlIsAFractionThenSeconds() {
		assertThat(life(assertJwt(get(JWT + "?ttl=120.000000")))).isBetween(Duration.ofSeconds(108),
				Duration.ofSeconds(120));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "ttl=abc;ttl", "ttl=-1;ttl", "ttl=0;ttl", "ttl=59999;ttl", "ttl=1e9;ttl", "ttl=NaN;ttl",
					"ttl=;ttl", "ttl=9223372036854775808999;ttl", "ttl=0.1;ttl", "ttl=1&ttl=2;ttl",
					"clientId=ann&clientId=bob;clientId", "clientId=;clientId", "clientId=a%0Ab;clientId",
					"clientId=a*;clientId", "capability=;capability", "capability=%7B%7D;capability",
					"capability=x;capability", "capability=%7B%22a%22:%22publish%22%7D;capability",
					"capability=%7B%22a%22:%5B%22publsh%22%5D%7D;capability" })
	void jwtWhenParameterCannotBeReadThenItsNameIsSaid(String query, String name) {
		assertThat(assertRefused(get(JWT + "?" + query), 400, 40003)).startsWith(name + ": ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "{\"ttl\":3600.5};40003", "{\"ttl\":\"x\"};40003", "{\"ttl\":\"120.5\"};40003",
					"{\"ttl\":\"120000\"};40003", "{\"ttl\":-5};40003", "{\"ttl\":true};40003",
					"{\"clientId\":5};40003", "{\"capability\":{\"a\":[\"publish\"]}};40003", "[];40000", "x;40000",
					"{\"ttl\":120000,\"ttl\":120000};40000", "{};0", "{\"ttl\":null};0", "{\"ttl\":1e400};40003" })
	void jwtWhenJsonIsOddThenRefusedOrIgnored(String body, int code) {
		HttpResponse<String> answer = post(body, "application/json");
		if (code == 0) {
			assertJwt(answer);
		}
		else {
			assertRefused(answer, 400, code);
		}
	}

	@Test
	void jwtWhenParameterIsInQueryAndBodyThenRefused() {
		assertRefused(Http.post(server.uri(JWT + "?ttl=120000"), "{\"ttl\":120000}", "Authorization",
				"Bearer " + TestServer.ann(), "Content-Type", "application/json"), 400, 40003);
	}

	@Test
	void jwtWhenBodyOfAnotherTypeThenRefused() {
		assertRefused(post("<a/>", "application/xml"), 400, 40000);
		assertRefused(post("a", "nonsense"), 400, 40000);
	}

	@Test
	void jwtWhenBodyIsTooLargeThenRefused() {
		assertRefused(post("{\"a\":\"" + "x".repeat(16 * 1024) + "\"}", "application/json"), 413, 40009);
		assertRefused(post("a=" + "x".repeat(17 * 1024), "application/x-www-form-urlencoded"), 413, 40009);
	}

	@Test
	void jwtWhenTooManyParametersThenRefused() {
		assertRefused(get(JWT + "?" + "a=1&".repeat(101)), 400, 40000);
	}

	@Test
	void jwtWhenClientIdOfSomebodyElseThenForbidden() {
		assertThat(assertRefused(get(JWT + "?clientId=bob"), 403, 40300)).contains("clientId");
		assertRefused(get(JWT + "?clientId=*"), 403, 40300);
	}

	@Test
	void jwtWhenNothingInCommonThenForbidden() {
		assertRefused(get(JWT + "?capability=%7B%22other%22:%5B%22publish%22%5D%7D"), 403, 40300);
	}

	@Test
	void jwtWhenDeniedThenForbiddenInTheWordsOfTheRule() {
		String eve = TestServer.session("eve", Map.of("suspended", true));
		assertThat(assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + eve), 403, 40300))
			.isEqualTo("Your account is suspended.");
	}

	@Test
	void jwtWhenTheRefusalIsLongThenStillForbiddenAndTheBodyHasAllOfIt() {
		String words = "No. ".repeat(124) + "No.";
		try (TestServer talkative = TestServer.startWith("rules: [{name: r, when: 'true', deny: '" + words + "'}]")) {
			HttpResponse<String> answer = Http.get(talkative.uri(JWT), "Authorization", "Bearer " + TestServer.ann());
			assertThat(assertRefused(answer, 403, 40300)).isEqualTo(words);
		}
	}

	@Test
	void jwtWhenNothingIsGrantedThenForbidden() {
		String nobody = TestServer.session("bob", Map.of("roles", List.of("nothing")));
		assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + nobody), 403, 40300);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer", "Bearer ", "Basic YTpi", "cookie", "Bearer junk", "Bearer a.b.c",
			"Bearer {}.{}.", "Bearer YWJseQ==" })
	void jwtWhenNoSessionThenUnauthorizedWithoutWwwAuthenticate(String authorization) {
		assertRefused(Http.get(server.uri(JWT), "Authorization", authorization), 401, 40100);
	}

	@Test
	void jwtWhenNoAuthorizationAtAllThenUnauthorized() {
		assertRefused(Http.get(server.uri(JWT)), 401, 40100);
	}

	@Test
	void jwtWhenSessionIsOverOrNearlySoThenUnauthorized() {
		String over = TestServer.session("ann", Map.of(), Duration.ofMinutes(-5));
		String nearly = TestServer.session("ann", Map.of(), Duration.ofSeconds(50));
		assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + over), 401, 40100);
		assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + nearly), 401, 40100);
	}

	@Test
	void jwtWhenTwoAuthorizationValuesThenRefused() {
		assertRefused(Http.get(server.uri(JWT), "Authorization", "Bearer " + TestServer.ann(), "Authorization",
				"Bearer " + TestServer.ann()), 400, 40000);
	}

	@Test
	void jwtWhenTokenInQueryOrFormThenItIsNoSession() {
		assertRefused(Http.get(server.uri(JWT + "?access_token=" + TestServer.ann())), 401, 40100);
		assertRefused(Http.post(server.uri(JWT), "access_token=" + TestServer.ann(), "Content-Type",
				"application/x-www-form-urlencoded"), 401, 40100);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW" })
	void jwtWhenOtherMethodThenNotAllowedAndSaysWhich(String method) {
		HttpResponse<String> answer = Http.send(method, server.uri(JWT), HttpRequest.BodyPublishers.noBody(),
				"Authorization", "Bearer " + TestServer.ann());
		assertRefused(answer, 405, 40500);
		assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
	}

	@Test
	void jwtWhenHeadThenNothingIsIssued() {
		HttpResponse<String> answer = Http.send("HEAD", server.uri(JWT), HttpRequest.BodyPublishers.noBody(),
				"Authorization", "Bearer " + TestServer.ann());
		assertThat(answer.statusCode()).isEqualTo(405);
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode")).contains("40500");
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void jwtWhenTheServerFailsThenOurFaultAndNothingOfIt() {
		HttpResponse<String> answer = Http.get(server.uri(JWT), "Authorization", "Bearer " + TestServer.ann(),
				TestServer.BREAK, "yes");
		assertThat(assertRefused(answer, 500, 50000)).isEqualTo("The server failed.");
	}

	@Test
	void jwtTwiceThenDifferentIds() {
		assertThat(assertJwt(get(JWT)).getId()).isNotEqualTo(assertJwt(get(JWT)).getId());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt/", "/api/other", "/api", "/other", "/actuator", "/actuator/env",
			"/actuator/heapdump", "/actuator/metrics", "/error", "/dev/users", "/dev/session/ann", "/",
			"/application.yml", "/API/ably-jwt" })
	void otherPathsThenNotThere(String path) {
		assertThat(Http.get(server.uri(path), "Authorization", "Bearer " + TestServer.ann()).statusCode())
			.isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz", "/actuator/health", "/actuator/health/liveness",
			"/actuator/health/readiness" })
	void healthThenStatusOnly(String path) {
		HttpResponse<String> answer = Http.get(server.uri(path));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).contains("\"status\":\"UP\"").doesNotContain("components", "details");
	}

	private static HttpResponse<String> get(String path) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + TestServer.ann());
	}

	private static HttpResponse<String> post(String body, String type) {
		return Http.post(server.uri(JWT), body, "Authorization", "Bearer " + TestServer.ann(), "Content-Type", type);
	}

	private static Duration life(DecodedJWT jwt) {
		return Duration.between(jwt.getIssuedAtAsInstant(), jwt.getExpiresAtAsInstant());
	}

}
