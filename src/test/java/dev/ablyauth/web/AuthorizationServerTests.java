package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.time.Duration;

import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Opaque tokens of a real authorization server.
 */
class AuthorizationServerTests {

	private static TestAuthorizationServer provider;

	private static TestServer server;

	@BeforeAll
	static void start() {
		provider = TestAuthorizationServer.start();
		server = start(TestAuthorizationServer.CLIENT_SECRET);
	}

	private static TestServer start(String secret) {
		String name = "ably-auth.sessions.introspection[0].";
		return TestServer.start(name + "uri=" + provider.uri("/oauth2/introspect"),
				name + "client-id=" + TestAuthorizationServer.CLIENT_ID, name + "client-secret=" + secret,
				name + "user-id-prefix=service-", name + "audiences=robot", name + "cache=1s");
	}

	@AfterAll
	static void stop() {
		server.close();
		provider.close();
	}

	private static HttpResponse<String> ask(TestServer asked, String token) {
		return Http.get(asked.uri("/api/ably-jwt"), "Authorization", "Bearer " + token);
	}

	@Test
	void tokenWhenActiveThenOfItsUserAndNotLonger() {
		DecodedJWT jwt = Answers.assertJwt(ask(server, provider.token()));
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("service-robot");
		assertThat(Duration.between(jwt.getIssuedAtAsInstant(), jwt.getExpiresAtAsInstant()))
			.isLessThanOrEqualTo(TestAuthorizationServer.LIFE.plusSeconds(3))
			.isGreaterThan(TestAuthorizationServer.LIFE.dividedBy(2));
	}

	@Test
	void tokenWhenUnknownThenUnauthorized() {
		Answers.assertRefused(ask(server, "made-up"), 401, 40100);
		Answers.assertRefused(ask(server, provider.token() + "x"), 401, 40100);
	}

	@Test
	void tokenWhenRevokedThenUnauthorizedWithinTheTimeOfTheCache() {
		String token = provider.token();
		Answers.assertJwt(ask(server, token));
		provider.revoke(token);
		Awaitility.await()
			.atMost(Duration.ofSeconds(3))
			.untilAsserted(() -> Answers.assertRefused(ask(server, token), 401, 40100));
	}

	/** The provider refuses this server, which says nothing of the user. */
	@Test
	void tokenWhenTheClientSecretIsWrongThenUnavailable() {
		try (TestServer wrong = start("wrong")) {
			Answers.assertRefused(ask(wrong, provider.token()), 503, 50003);
		}
	}

}
