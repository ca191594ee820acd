package dev.ablyauth.embedded;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import com.auth0.jwt.JWT;
import com.example.bearerapp.BearerApp;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.session.JwksServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the security chain of an app answers, an SDK is told in the words of Ably, and
 * never that somebody is not signed in when the app cannot know.
 */
class AppRefusalTests {

	private static final String POLICY = """
			rules:
			  - name: everybody
			    grant:
			      - channel: "notify:{user.id}"
			        operations: subscribe
			""";

	private static final RSAKey KEY = AppTokens.rsaKey("key-1");

	private static final JwksServer KEYS = JwksServer.start(KEY);

	private static RunningApp app;

	@BeforeAll
	static void start() {
		app = RunningApp.start(BearerApp.class, POLICY, "app.jwks-uri=" + KEYS.jwksUri());
	}

	@AfterAll
	static void stop() {
		app.close();
		KEYS.close();
	}

	@Test
	void jwtWhenBearerOfTheAppThenForThatUser() {
		String jwt = app.get("/api/ably-jwt", "Authorization", "Bearer " + bearer()).body();
		assertThat(JWT.decode(jwt).getClaim("x-ably-clientId").asString()).isEqualTo("ann");
		assertThat(app.get("/api/ably-jwt", "Authorization", basic("robot")).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer x", "Bearer a.b.c", "Bearer ", "Basic !", "Basic YW5uOndyb25n", "Digest a" })
	void jwtWhenCredentialIsWrongThen401WithoutChallenge(String authorization) {
		assertError(app.get("/api/ably-jwt", "Authorization", authorization), 401, 40100);
	}

	@Test
	void jwtWhenTheKeysOfTheAppsLoginAreAwayThen503() {
		try (JwksServer away = JwksServer.start(KEY)) {
			away.status(503);
			try (RunningApp other = RunningApp.start(BearerApp.class, POLICY, "app.jwks-uri=" + away.jwksUri())) {
				assertError(other.get("/api/ably-jwt", "Authorization", "Bearer " + bearer()), 503, 50003);
			}
		}
	}

	@Test
	void jwtWhenTheUsersOfTheAppAreAwayThen503AndTheNextRequestIsNotHurt() {
		assertError(app.get("/api/ably-jwt", "Authorization", basic("down")), 503, 50003);
		assertError(app.get("/api/ably-jwt", "Authorization", "Basic YW5uOndyb25n"), 401, 40100);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			status 401,      401, 40100
			error 401,       401, 40100
			write 401,       401, 40100
			write-first,     401, 40100
			stream,          401, 40100
			status 301,      401, 40100
			write 302,       401, 40100
			status 303,      401, 40100
			write 307,       401, 40100
			status 308,      401, 40100
			error 403,       403, 40300
			write 403,       403, 40300
			status 408,      503, 50005
			status 425,      503, 50005
			write 429,       503, 50005
			error 429,       503, 50005
			status 502,      503, 50005
			write 503,       503, 50005
			status 504,      503, 50005
			error 500,       500, 50000
			write 500,       500, 50000
			error 400,       400, 40000
			down,            503, 50003
			broken,          500, 50000
			""")
	void jwtWhenAFilterOfTheAppAnswersThenInTheWordsOfAbly(String what, int status, int code) {
		HttpResponse<String> answer = app.get("/api/ably-jwt", "Authorization", "Bearer " + bearer(), BearerApp.DO,
				what);
		assertError(answer, status, code);
		assertThat(answer.body()).doesNotContain("own words");
	}

	private static String bearer() {
		return AppTokens.rs256(KEYS.issuer(), KEY).subject("ann").audience("my-app").token();
	}

	private static String basic(String name) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":secret").getBytes(StandardCharsets.UTF_8));
	}

	private static void assertError(HttpResponse<String> answer, int status, int code) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().map()).doesNotContainKeys("location", "www-authenticate", "Location",
				"WWW-Authenticate");
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(answer.headers().allValues("X-Ably-ErrorCode")).containsExactly(String.valueOf(code));
		assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
		JsonNode error = new JsonMapper().readTree(answer.body()).get("error");
		assertThat(error.get("statusCode").asInt()).isEqualTo(status);
		assertThat(error.get("code").asInt()).isEqualTo(code);
	}

}
