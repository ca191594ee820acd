package dev.ablyauth.embedded;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.example.sampleapp.SampleApp;
import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * An app with one more dependency and two more settings.
 */
class EmbeddedTests {

	private static final String POLICY = """
			rules:
			  - name: members
			    when: '"member" in user.roles'
			    grant:
			      - channel: "notify:{user.id}"
			        operations: [subscribe, history]
			  - name: suspended
			    when: '"suspended" in user.roles'
			    deny: "Your account is suspended."
			""";

	private RunningApp app = RunningApp.start(SampleApp.class, POLICY);

	@BeforeEach
	void signIn() {
		this.app.logIn("ann");
	}

	@AfterEach
	void stop() {
		this.app.close();
	}

	@Test
	void jwtWhenSignedInByTheAppThenForThatUser() {
		HttpResponse<String> answer = this.app.get("/api/ably-jwt");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/jwt");
		assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
		DecodedJWT jwt = JWT.require(Algorithm.HMAC256(TestKeys.KEY_SECRET))
			.acceptLeeway(5)
			.build()
			.verify(answer.body());
		assertThat(jwt.getKeyId()).isEqualTo(TestKeys.KEY_NAME);
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
		assertThat(jwt.getClaim("x-ably-capability").asString())
			.isEqualTo("{\"notify:ann\":[\"history\",\"subscribe\"]}");
	}

	/** The session of the app ends after half an hour, the token at the latest then. */
	@Test
	void jwtThenDoesNotOutliveTheSessionOfTheApp() {
		Instant expires = JWT.decode(this.app.get("/api/ably-jwt").body()).getExpiresAtAsInstant();
		assertThat(expires).isBefore(Instant.now().plus(Duration.ofMinutes(30)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-token-request", "/api/ably-token", "/api/auth/token" })
	void tokenWhenOtherPathsThenIssuedToo(String path) {
		assertThat(this.app.get(path).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					GET  | /api/ably-jwt             | Accept: text/html                          | 200 | 0     | a browser looks
					GET  | /api/ably-jwt             | Sec-Fetch-Site: cross-site                 | 403 | 40300 | a foreign page
					GET  | /api/ably-jwt             | Origin: https://evil.example               | 403 | 40300 | a foreign page
					GET  | /api/ably-jwt?clientId=bob | Accept: */*                               | 403 | 40300 | somebody else
					GET  | /api/ably-jwt?ttl=-1      | Accept: */*                                | 400 | 40003 | not a time
					POST | /api/ably-jwt             | Accept: */*                                | 403 | 40300 | no CSRF token of the app
					HEAD | /api/ably-jwt             | Accept: */*                                | 405 | 40500 | another method
					PUT  | /api/ably-jwt             | Accept: */*                                | 405 | 40500 | another method
					""")
	void jwtWhenSignedInThenAnsweredInTheWordsOfAbly(String method, String path, String header, int status, int code,
			String why) {
		HttpResponse<String> answer = this.app.send(method, path, "", header.split(": ", 2));
		assertThat(answer.statusCode()).as(why).isEqualTo(status);
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode").orElse("0")).isEqualTo(String.valueOf(code));
		if (status != 200 && !method.equals("HEAD")) {
			assertError(answer, status, code);
		}
	}

	@Test
	void jwtWhenNotSignedInThen401AndNoLoginPage() {
		try (RunningApp other = RunningApp.start(SampleApp.class, POLICY)) {
			HttpResponse<String> answer = other.get("/api/ably-jwt", "Accept", "text/html");
			assertError(answer, 401, 40100);
			assertThat(answer.headers().map()).doesNotContainKeys("Location", "location", "WWW-Authenticate",
					"www-authenticate");
			assertThat(other.logIn("eve")).as("no page that was asked for").isEqualTo(other.uri("/").toString());
			HttpResponse<String> denied = other.get("/api/ably-jwt");
			assertError(denied, 403, 40300);
			assertThat(denied.body()).contains("Your account is suspended.");
		}
	}

	@Test
	void pageWhenNotSignedInThenTheAppsOwnLogin() {
		try (RunningApp other = RunningApp.start(SampleApp.class, POLICY)) {
			assertThat(other.get("/time", "Accept", "text/html").statusCode()).isEqualTo(302);
			assertThat(other.logIn("ann")).contains("/time");
		}
	}

	@Test
	void appThenKeepsItsOwnBeansPagesAndErrors() {
		assertThat(this.app.bean(Clock.class).instant()).isEqualTo(Instant.EPOCH);
		assertThat(this.app.get("/time").body()).isEqualTo("1970-01-01T00:00:00Z");
		assertThat(this.app.get("/broken").body()).isEqualTo("the app is sorry");
		assertThat(this.app.get("/admin/explain").body()).contains("the app is sorry");
	}

	@Test
	void startWhenSettingsAreMissingThenEachIsNamed() {
		assertThatThrownBy(() -> RunningApp.start(SampleApp.class, POLICY, "ably-auth.keys[0].value=nonsense",
				"ably-auth.sessions.jwt[0].issuer=https://x.example", "ably-auth.logout.webhook-secrets[0].value=x"))
			.rootCause()
			.hasMessageContaining("ably-auth.keys[0].value: is not an Ably API key")
			.hasMessageContaining("ably-auth: sessions and admin have no use inside of another app")
			.hasMessageContaining("ably-auth.logout: has no use inside of another app");
	}

	private static void assertError(HttpResponse<String> answer, int status, int code) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode")).contains(String.valueOf(code));
		JsonNode error = new JsonMapper().readTree(answer.body()).get("error");
		assertThat(error.get("statusCode").asInt()).isEqualTo(status);
		assertThat(error.get("code").asInt()).isEqualTo(code);
	}

}
