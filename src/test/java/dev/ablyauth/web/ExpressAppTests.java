package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.standin.NodeModules;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Express app with express-session, as it is, and its users.
 */
class ExpressAppTests {

	private static ExpressApp app;

	private static TestServer server;

	@BeforeAll
	static void start() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so no Express app can run");
		app = ExpressApp.start(folder.orElseThrow());
		server = TestServer.start("ably-auth.sessions.forward.url=" + app.uri("/api/me"),
				"ably-auth.sessions.forward.cookie-names=sid", "ably-auth.sessions.forward.user-id=/id",
				"ably-auth.sessions.forward.roles=/roles", "ably-auth.sessions.forward.expires=/expires",
				"ably-auth.sessions.jwt[0].user-id-prefix=jwt-");
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
			app.close();
		}
	}

	private static HttpResponse<String> ask(String cookie) {
		return Http.get(server.uri("/api/ably-jwt"), "Cookie", cookie);
	}

	@Test
	void tokenWhenSignedInThenOfThatUserAndNotLongerThanTheSession() {
		DecodedJWT jwt = Answers.assertJwt(ask(app.login("ann")));
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("1");
		assertThat(Answers.capability(jwt)).containsOnlyKeys("notify:1", "team:red:*");
		assertThat(Duration.between(jwt.getIssuedAtAsInstant(), jwt.getExpiresAtAsInstant()))
			.isLessThanOrEqualTo(Duration.ofMinutes(30).plusSeconds(3));
	}

	@Test
	void tokenWhenAnotherUsersCookieThenOfTheOtherUser() {
		assertThat(Answers.capability(Answers.assertJwt(ask(app.login("bob"))))).containsOnlyKeys("notify:2");
		assertThat(Answers.capability(Answers.assertJwt(ask(app.login("ann"))))).containsKey("notify:1");
	}

	@Test
	void tokenWhenSignedOutThenUnauthorizedWithinTheTimeOfTheCache() {
		String cookie = app.login("ann");
		Answers.assertJwt(ask(cookie));
		app.logout(cookie);
		Awaitility.await()
			.atMost(Duration.ofSeconds(4))
			.untilAsserted(() -> Answers.assertRefused(ask(cookie), 401, 40100));
	}

	@Test
	void tokenWhenTheCookieIsForgedThenUnauthorized() {
		String cookie = app.login("ann");
		Answers.assertRefused(ask(cookie.substring(0, cookie.length() - 3) + "xyz"), 401, 40100);
		Answers.assertRefused(ask("sid=s%3Amade-up.c2lnbmF0dXJl"), 401, 40100);
		Answers.assertRefused(ask("sid="), 401, 40100);
		Answers.assertRefused(ask("other=1"), 401, 40100);
	}

}
