package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.auth0.jwt.interfaces.DecodedJWT;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.ablyauth.TestServer;
import dev.ablyauth.session.AlbKeyServer;
import dev.ablyauth.session.AlbTokens;
import dev.ablyauth.session.AppTokens;
import dev.ablyauth.session.JwksServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The signed assertion of a proxy, from the header to the Ably JWT.
 */
class ProxyAssertionTests {

	private static final String PROXY = "ably-auth.sessions.proxy-assertion.";

	private static final ECKey KEY = AlbTokens.key(UUID.randomUUID().toString());

	@Test
	void tokenWhenALoadBalancerOfAwsSaysSoThenNoLongerThanThat() {
		try (AlbKeyServer keys = AlbKeyServer.start(KEY); TestServer server = alb(keys)) {
			DecodedJWT jwt = Answers.assertJwt(get(server, "x-amzn-oidc-data", albToken()));
			assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo(AlbTokens.USER);
			assertThat(jwt.getExpiresAtAsInstant()).isBeforeOrEqualTo(Instant.now().plus(Duration.ofMinutes(2)));
			String forged = AlbTokens.of(AppTokens.ecKey(Curve.P_256, KEY.getKeyID()), Clock.systemUTC()).paddedToken();
			Answers.assertRefused(get(server, "x-amzn-oidc-data", forged), 401, 40100);
			Answers.assertRefused(get(server, "x-amzn-oidc-identity", AlbTokens.USER), 401, 40100);
		}
	}

	@Test
	void tokenWhenAwsIsAwayThenUnavailableAndNever403() {
		try (AlbKeyServer keys = AlbKeyServer.start(KEY); TestServer server = alb(keys)) {
			keys.status(503);
			Answers.assertRefused(get(server, "x-amzn-oidc-data", albToken()), 503, 50003);
			Answers.assertJwt(get(server, "Authorization", "Bearer " + TestServer.ann()));
		}
	}

	@Test
	void tokenWhenTenThousandUnknownKidsThenAValidUserNoticesNothing() {
		try (AlbKeyServer keys = AlbKeyServer.start(KEY); TestServer server = alb(keys)) {
			String token = albToken();
			Answers.assertJwt(get(server, "x-amzn-oidc-data", token));
			List<Long> times = new ArrayList<>();
			for (int i = 0; i < 10_000; i++) {
				String unknown = AlbTokens.of(KEY, Clock.systemUTC()).kid("unknown-" + i).paddedToken();
				assertThat(get(server, "x-amzn-oidc-data", unknown).statusCode()).isIn(401, 503);
				if (i % 100 == 0) {
					long start = System.nanoTime();
					Answers.assertJwt(get(server, "x-amzn-oidc-data", token));
					times.add(System.nanoTime() - start);
				}
			}
			assertThat(times).allMatch((nanos) -> nanos < Duration.ofSeconds(1).toNanos());
			assertThat(keys.asked()).hasSizeLessThan(1 + 20 * 10);
			assertThat(keys.asked().stream().filter((path) -> path.endsWith(KEY.getKeyID()))).hasSize(1);
		}
	}

	@Test
	void tokenWhenAProxyWithAJwksSaysSoThenOfThisUser() {
		ECKey key = AppTokens.ecKey(Curve.P_256, "key-1");
		try (JwksServer keys = JwksServer.start(key);
				TestServer server = TestServer.start(PROXY + "kind=jwks", PROXY + "header=X-Pomerium-Jwt-Assertion",
						PROXY + "issuer=app.example.com", PROXY + "audiences=app.example.com",
						PROXY + "jwks-uri=" + keys.jwksUri(), PROXY + "algorithms=ES256", PROXY + "roles=groups",
						PROXY + "same-users=true")) {
			AppTokens token = AppTokens.ec("app.example.com", JWSAlgorithm.ES256, key)
				.subject("ann")
				.claim("groups", List.of("member"))
				.claim("team", "red")
				.audience("app.example.com");
			DecodedJWT jwt = Answers.assertJwt(get(server, "X-Pomerium-Jwt-Assertion", token.token()));
			assertThat(Answers.capability(jwt)).containsKey("team:red:*");
			Answers.assertRefused(get(server, "X-Pomerium-Jwt-Assertion", token.audience("other").token()), 401, 40100);
			Answers.assertRefused(get(server, "X-Pomerium-Jwt-Assertion", "x"), 401, 40100);
			Answers.assertRefused(get(server, "X-Pomerium-Jwt-Assertion", ""), 401, 40100);
		}
	}

	private static String albToken() {
		return AlbTokens.of(KEY, Clock.systemUTC()).paddedToken();
	}

	private static TestServer alb(AlbKeyServer keys) {
		return TestServer.start(
				Stream
					.concat(Stream.of(AlbTokens.settings(keys.uri())).map((line) -> PROXY + line),
							Stream.of(PROXY + "same-users=true"))
					.toArray(String[]::new));
	}

	private static HttpResponse<String> get(TestServer server, String... headers) {
		return Http.get(server.uri("/api/ably-jwt"), headers);
	}

}
