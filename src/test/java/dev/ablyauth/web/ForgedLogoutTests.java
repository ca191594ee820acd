package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import dev.ablyauth.TestServer;
import dev.ablyauth.session.AppTokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Logout tokens that end no session. Of those that the issuer did not sign, the answer
 * does not tell why.
 */
class ForgedLogoutTests {

	private static final String UNSAID = "The logout token is not valid.\"";

	private static LogoutServer app;

	@BeforeAll
	static void start() {
		app = LogoutServer.start();
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "forged", "wrong", "times" })
	void logoutWhenTheTokenIsNotValidThen400AndNothingChanges(String name, String token, String message) {
		assertThat(BackChannelLogoutTests.refused(app.sendToken(token), 400)).contains(message);
		app.assertNothingChanged(0);
	}

	static Stream<Arguments> forged() throws JOSEException {
		AppTokens good = good();
		String token = good.token();
		String[] parts = token.split("\\.", -1);
		byte[] publicKey = LogoutServer.KEY.toRSAPublicKey().getEncoded();
		return Stream.of(arguments("empty", "", UNSAID), arguments("no JWT", "logout", UNSAID),
				arguments("two parts", parts[0] + "." + parts[1], UNSAID),
				arguments("alg none", encoded("{\"typ\":\"logout+jwt\",\"alg\":\"none\"}") + "." + parts[1] + ".",
						UNSAID),
				arguments("alg none, signed",
						encoded("{\"typ\":\"logout+jwt\",\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2], UNSAID),
				arguments("no signature", parts[0] + "." + parts[1] + ".", UNSAID),
				arguments("signature of another token",
						parts[0] + "." + parts[1] + "." + good.claim("jti", "x").token().replaceAll(".*\\.", ""),
						UNSAID),
				arguments("payload of another token",
						parts[0] + "." + encoded("{\"iss\":\"" + app.issuer() + "\"}") + "." + parts[2], UNSAID),
				arguments("another key with the same kid",
						likeGood(AppTokens.rs256(app.issuer(), AppTokens.rsaKey("forger")).kid("login-1")), UNSAID),
				arguments("another key with a kid that nobody has",
						likeGood(AppTokens.rs256(app.issuer(), AppTokens.rsaKey("forger"))), UNSAID),
				arguments("HS256 with the public key", likeGood(AppTokens.hs256(app.issuer(), publicKey)), UNSAID),
				arguments("HS256 with the secret of another issuer",
						likeGood(AppTokens.hs256(app.issuer(), TestServer.SECRET)), UNSAID),
				arguments("an algorithm that is not allowed",
						likeGood(AppTokens.rsa(app.issuer(), com.nimbusds.jose.JWSAlgorithm.PS256, LogoutServer.KEY)),
						UNSAID),
				arguments("an issuer that may end none",
						likeGood(AppTokens.hs256(TestServer.ISSUER, TestServer.SECRET)), UNSAID),
				arguments("an issuer that nobody knows", good.claim("iss", "https://elsewhere.example").token(),
						UNSAID),
				arguments("no issuer", good.without("iss").token(), UNSAID),
				arguments("typ of an access token", good.header("typ", "at+jwt").token(), UNSAID),
				arguments("typ of another event", good.header("typ", "secevent+jwt").token(), UNSAID),
				arguments("typ that is no text", good.header("typ", 7).token(), UNSAID),
				arguments("crit", good.header("crit", List.of("exp")).token(), UNSAID), arguments("a claim twice",
						good.payload("{\"iss\":\"" + app.issuer() + "\",\"iss\":\"x\"}").token(), UNSAID),
				arguments("a very long one", good.claim("padding", "x".repeat(8000)).token(), UNSAID));
	}

	static Stream<Arguments> wrong() {
		AppTokens good = good();
		return Stream.of(
				arguments("an access token",
						app.session("ann", "s-1").claim("jti", "a").audience("my-app", "my-client").token(),
						"events: must have"),
				arguments("an id token", app.session("ann", "s-1").audience("my-client").claim("nonce", "n").token(),
						"events: must have"),
				arguments("another client", good.audience("other-client").token(), "aud: has none"),
				arguments("the audience of access tokens", good.audience("my-app").token(), "aud: has none"),
				arguments("no audience", good.without("aud").token(), "aud: has none"),
				arguments("no events", good.without("events").token(), "events: must have"),
				arguments("events of another kind", good.claim("events", Map.of("urn:x", Map.of())).token(),
						"events: must have"),
				arguments("events that are a list", good.claim("events", List.of(LogoutServer.EVENT)).token(),
						"events: must have"),
				arguments("event without an object", good.claim("events", Map.of(LogoutServer.EVENT, true)).token(),
						"events: must have"),
				arguments("nonce", good.claim("nonce", "n").token(), "nonce: must not"),
				arguments("no jti", good.without("jti").token(), "jti: is missing"),
				arguments("an empty jti", good.claim("jti", "").token(), "jti: is missing"),
				arguments("a jti that is no text", good.claim("jti", 7).token(), "jti: must be a text"),
				arguments("no sid", good.without("sid").token(), "backchannel_logout_session_required"),
				arguments("an empty sid", good.claim("sid", "").token(), "backchannel_logout_session_required"),
				arguments("a sid that is no text", good.claim("sid", List.of("s-1")).token(), "sid: must be a text"),
				arguments("a sid with a line break", good.claim("sid", "s\n1").token(), "sessionId: must have"),
				arguments("a sid that is too long", good.claim("sid", "s".repeat(513)).token(), "sessionId: must have"),
				arguments("a sub that is no text", good.claim("sub", 7).token(), "sub: must be a text"),
				arguments("a sub that is too long", good.claim("sub", "s".repeat(513)).token(), "userId: must have"));
	}

	static Stream<Arguments> times() {
		AppTokens good = good();
		long now = Instant.now().getEpochSecond();
		return Stream.of(arguments("expired", good.claim("exp", now - 40).token(), "exp: must be"),
				arguments("no exp", good.without("exp").token(), "exp: must be"),
				arguments("exp as text", good.claim("exp", String.valueOf(now + 60)).token(), "exp: must be"),
				arguments("no iat", good.without("iat").token(), "iat: must be"),
				arguments("iat in the future", good.claim("iat", now + 300).token(), "iat: must be"),
				arguments("iat long ago", good.claim("iat", now - 400).token(), "iat: must be"),
				arguments("nbf in the future", good.claim("nbf", now + 300).token(), "nbf: must be"));
	}

	/** What issuers send beside the recommended type, and clocks that differ a little. */
	@Test
	void logoutWhenOfAnAcceptedTypeThenEnded() {
		List<AppTokens> tokens = new ArrayList<>();
		try (LogoutServer other = LogoutServer.start()) {
			AppTokens good = other.logoutToken("x").claim("sid", "s-9");
			long now = Instant.now().getEpochSecond();
			tokens.addAll(List.of(good.header("typ", "JWT"), good.withoutHeader("typ"),
					good.header("typ", "application/logout+jwt"), good.header("typ", "LOGOUT+JWT"),
					good.claim("iat", now + 20), good.claim("iat", now - 290), good.claim("exp", now - 20),
					good.audience("a", "my-client"), good.claim("events", Map.of(LogoutServer.EVENT, Map.of("x", 1)))));
			for (int i = 0; i < tokens.size(); i++) {
				HttpResponse<String> answer = other.sendToken(tokens.get(i).claim("jti", "j-" + i).token());
				assertThat(answer.statusCode()).as(i + " " + answer.body()).isEqualTo(200);
			}
			assertThat(other.denials()).hasSize(tokens.size());
		}
	}

	/** The session kind takes its type and its audience, and still it is no session. */
	@ParameterizedTest
	@ValueSource(strings = { "logout+jwt", "JWT", "at+jwt" })
	void tokenWhenALogoutTokenIsTheSessionThen401(String type) {
		AppTokens token = good().header("typ", type).claim("sid", "s-other");
		assertThat(app.status(token)).isEqualTo(401);
		assertThat(app.status(token.without("events"))).isEqualTo(200);
	}

	@Test
	void logoutWhenTheFormIsNoneThenRefusedAndNothingChanges() {
		String token = good().token();
		Map<String, Integer> forms = new LinkedHashMap<>();
		forms.put("", 400);
		forms.put("token=" + token, 400);
		forms.put("logout_token=" + token + "&logout_token=" + token, 400);
		forms.put("logout_token=" + token + "&logout%5Ftoken=x", 400);
		forms.put("logout_token=%zz", 400);
		forms.put("logout_token", 400);
		forms.put("x=" + "y".repeat(16 * 1024) + "&logout_token=" + token, 413);
		forms.forEach((form, status) -> BackChannelLogoutTests.refused(app.sendForm(form), status));
		BackChannelLogoutTests.refused(Http.post(app.server().uri(LogoutServer.BACK_CHANNEL),
				"{\"logout_token\":\"" + token + "\"}", "Content-Type", "application/json"), 400);
		BackChannelLogoutTests.refused(Http.post(app.server().uri(LogoutServer.BACK_CHANNEL), "logout_token=" + token),
				400);
		BackChannelLogoutTests.refused(Http.post(app.server().uri(LogoutServer.BACK_CHANNEL + "?logout_token=" + token),
				"", "Content-Type", "application/x-www-form-urlencoded"), 400);
		app.assertNothingChanged(0);
	}

	private static AppTokens good() {
		return app.logoutToken("j-good").expiresIn(Duration.ofMinutes(2));
	}

	private static String likeGood(AppTokens tokens) {
		return tokens.header("typ", "logout+jwt")
			.audience(LogoutServer.CLIENT)
			.subject("ann")
			.claim("sid", "s-1")
			.claim("jti", "j-forged")
			.claim("events", Map.of(LogoutServer.EVENT, Map.of()))
			.token();
	}

	private static String encoded(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
