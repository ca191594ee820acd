package dev.ablyauth.web;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.Target;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.RevokeCall;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What becomes of a session that its issuer says has ended, over HTTP. Ably is the
 * stand-in.
 */
class BackChannelLogoutTests {

	private AblyStandIn ably;

	private LogoutServer app;

	@BeforeEach
	void start() {
		this.ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable());
		this.app = LogoutServer.start("ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.ably.rest-url=http://127.0.0.1:" + this.ably.port(), "ably-auth.logout.deny-for=2h");
	}

	@AfterEach
	void stop() {
		this.app.close();
		this.ably.close();
	}

	@Test
	void logoutThenThisSessionIsDeniedForAWhileAndOthersOfTheUserAreNot() {
		AppTokens ended = this.app.session("ann", "s-1");
		AppTokens other = this.app.session("ann", "s-2");
		assertThat(this.app.status(ended)).isEqualTo(200);
		assertEnded(this.app.sendToken(this.app.logoutToken("j-1").token()));
		assertThat(this.app.status(ended)).isEqualTo(403);
		assertThat(this.app.status(other)).isEqualTo(200);
		List<Denial> denials = this.app.denials();
		assertThat(denials).hasSize(1);
		Denial denial = denials.get(0);
		assertThat(denial.target()).isEqualTo(new Target(Target.Kind.SESSION_ID, "s-1"));
		assertThat(denial.reason()).isEqualTo("logged out");
		assertThat(denial.author()).isEqualTo("logout:" + this.app.issuer());
		assertThat(denial.until()).isCloseTo(Instant.now().plus(Duration.ofHours(2)), within(Duration.ofSeconds(20)));
	}

	@Test
	void logoutThenTheClientIdIsRevokedAtAblyWithAMargin() {
		assertEnded(this.app.sendToken(this.app.logoutToken("j-1").token()));
		this.ably.awaitRevocations(1);
		RevokeCall call = this.ably.revocations().get(0);
		assertThat(call.targets()).containsExactly("clientId:idp-ann");
		assertThat(call.allowReauthMargin()).isTrue();
	}

	@Test
	void logoutWhenTheUserIsNotNamedThenTheDenialStandsAlone() {
		try (LogLines audit = new LogLines("audit")) {
			assertEnded(this.app.sendToken(this.app.logoutToken("j-1").without("sub").token()));
			assertThat(audit.of(Level.INFO)).singleElement()
				.asString()
				.contains(" revocation=none ")
				.doesNotContain(" user=");
		}
		assertThat(this.app.status(this.app.session("ann", "s-1"))).isEqualTo(403);
		assertThat(this.ably.revocations()).isEmpty();
	}

	@Test
	void logoutWhenTokensNameTheUserByAnotherClaimThenTheDenialStandsAlone() {
		assertDenialAlone("ably-auth.sessions.jwt[1].user-id=oid");
	}

	@Test
	void logoutWhenTheClientIdDependsOnMoreThanTheUserThenTheDenialStandsAlone(@TempDir Path folder)
			throws IOException {
		Path policy = Files.writeString(folder.resolve("policy.yml"),
				"client-id: \"{claims.oid}\"\n" + TestServer.POLICY);
		assertDenialAlone("ably-auth.policy=file:" + policy);
	}

	@Test
	void logoutWhenAblyRevokesNoTokensThenTheDenialStandsAlone() {
		assertDenialAlone("ably-auth.keys[0].revocable-tokens=false");
	}

	private static void assertDenialAlone(String setting) {
		try (LogoutServer other = LogoutServer.start("ably-auth.keys[0].revocable-tokens=true", setting);
				LogLines audit = new LogLines("audit")) {
			assertEnded(other.sendToken(other.logoutToken("j-1").token()));
			assertThat(audit.of(Level.INFO)).singleElement().asString().contains(" revocation=none ");
			assertThat(other.status(other.session("ann", "s-1").claim("oid", "o-1"))).isEqualTo(403);
			assertThat(other.status(other.session("ann", "s-2").claim("oid", "o-1"))).isEqualTo(200);
		}
	}

	@Test
	void logoutWhenTheTokenComesAgainThenRefusedAlsoByAnotherInstanceAndNothingChanges() {
		String token = this.app.logoutToken("j-1").token();
		assertEnded(this.app.sendToken(token));
		assertThat(refused(this.app.sendToken(token), 400)).contains("came before");
		assertThat(refused(this.app.sendToken(this.app.logoutToken("j-1").claim("sid", "s-2").token()), 400))
			.contains("came before");
		try (TestServer another = this.app.another()) {
			HttpResponse<String> answer = Http.post(another.uri(LogoutServer.BACK_CHANNEL), "logout_token=" + token,
					"Content-Type", "application/x-www-form-urlencoded");
			assertThat(refused(answer, 400)).contains("came before");
			assertThat(LogoutServer.status(another, this.app.session("ann", "s-1").token())).isEqualTo(403);
		}
		this.app.assertNothingChanged(1);
		assertThat(this.app.status(this.app.session("ann", "s-2"))).isEqualTo(200);
		assertEnded(this.app.sendToken(this.app.logoutToken("j-2").token()));
	}

	@Test
	void logoutWhenTheKeysAreAwayThen503AndTheSameTokenIsGoodLater() {
		String token = this.app.logoutToken("j-1").kid("unknown").token();
		this.app.keys().status(500);
		try (TestServer cold = this.app.another()) {
			HttpResponse<String> answer = Http.post(cold.uri(LogoutServer.BACK_CHANNEL),
					"logout_token=" + this.app.logoutToken("j-1").token(), "Content-Type",
					"application/x-www-form-urlencoded");
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			assertThat(answer.body()).startsWith("{\"error\":\"temporarily_unavailable\",\"error_description\":\"");
		}
		this.app.assertNothingChanged(0);
		assertThat(this.app.sendToken(token).statusCode()).isIn(400, 503);
		assertEnded(this.app.sendToken(this.app.logoutToken("j-1").token()));
	}

	@Test
	void logoutWhenTheStoreIsAwayThen503AtBothDoors() {
		try (LogoutServer away = LogoutServer.start("ably-auth.deny-list.url=jdbc:postgresql://127.0.0.1:1/app")) {
			HttpResponse<String> byToken = away.sendToken(away.logoutToken("j-1").token());
			HttpResponse<String> byWebhook = away.sendWebhook("m-1",
					"{\"type\":\"session.ended\",\"data\":{\"sessionId\":\"s-1\"}}");
			Answers.assertProblem(byWebhook, 503, "unavailable");
			assertThat(byToken.statusCode()).as(byToken.body()).isEqualTo(503);
			assertThat(byToken.headers().firstValue("Retry-After")).isPresent();
			assertThat(byToken.body()).startsWith("{\"error\":\"temporarily_unavailable\",\"error_description\":\"");
		}
	}

	@Test
	void logoutThenAnAuditLineForEachAndNoToken() {
		String token = this.app.logoutToken("j-1").token();
		try (LogLines audit = new LogLines("audit")) {
			assertEnded(this.app.sendToken(token));
			this.app.sendToken(token);
			this.app.sendToken(token + "x");
			assertThat(audit.of(Level.INFO)).hasSize(3);
			assertThat(audit.of(Level.INFO).get(0))
				.startsWith("decision=accepted caller=logout:" + this.app.issuer() + " path=/logout/back-channel ")
				.contains(" user=idp-ann ", " denial=" + this.app.denials().get(0).id(), " target=sessionId:s-1 ",
						" revocation=", " address=127.0.0.1")
				.doesNotContain("revocation=none");
			assertThat(audit.of(Level.INFO).get(1)).startsWith("decision=refused reason=logout-repeated message=");
			assertThat(audit.of(Level.INFO).get(2)).startsWith("decision=refused reason=invalid-logout"
					+ " message=\"The logout token is not valid.\" path=/logout/back-channel ");
			assertThat(audit.of(Level.INFO)).noneMatch((line) -> line.contains(token.substring(0, 40)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH" })
	void callWhenNotPostThen405AlsoForAPreflight(String method) {
		for (String path : List.of(LogoutServer.BACK_CHANNEL, LogoutServer.WEBHOOK)) {
			HttpResponse<String> answer = Http.send(method, this.app.server().uri(path),
					HttpRequest.BodyPublishers.noBody(), "Origin", TestServer.ORIGIN, "Access-Control-Request-Method",
					"POST");
			assertThat(answer.statusCode()).isEqualTo(405);
			assertThat(answer.headers().allValues("Allow")).containsExactly("POST");
			Answers.assertCommonHeaders(answer);
			Answers.assertNotForPages(answer);
		}
	}

	@Test
	void callWhenNoIssuerAndNoWebhookThenNotThere() {
		try (TestServer off = TestServer.start()) {
			for (String path : List.of(LogoutServer.BACK_CHANNEL, LogoutServer.WEBHOOK, "/logout")) {
				Answers.assertRefused(Http.post(off.uri(path), ""), 404, 40400);
				Answers.assertRefused(Http.get(off.uri(path)), 404, 40400);
			}
		}
		Answers.assertRefused(Http.post(this.app.server().uri("/logout/back-channel/"), ""), 404, 40400);
	}

	/** A bearer or a cookie says nothing here, whoever's it is. */
	@Test
	void logoutWhenACredentialComesTooThenItIsNotLookedAt() {
		assertEnded(Http.post(this.app.server().uri(LogoutServer.BACK_CHANNEL),
				"logout_token=" + this.app.logoutToken("j-1").token() + "&state=x", "Content-Type",
				"application/x-www-form-urlencoded; charset=UTF-8", "Authorization", "Bearer nobody's", "Cookie",
				"session=x", "Origin", "https://elsewhere.example"));
	}

	private static void assertEnded(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		Answers.assertCommonHeaders(answer);
		Answers.assertNotForPages(answer);
	}

	static String refused(HttpResponse<String> answer, int status) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		Answers.assertCommonHeaders(answer);
		Answers.assertNotForPages(answer);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
		assertThat(answer.body()).startsWith("{\"error\":\"invalid_request\",\"error_description\":\"");
		return answer.body();
	}

}
