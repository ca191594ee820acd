package dev.ablyauth.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.auth0.jwt.JWT;
import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A day in the life of an identity provider: it signs a user in, rotates its keys, is
 * stopped and started again. safety F05 to F07. The steps build on each other.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakTests {

	private static final int TOKENS = 1_000;

	private static final int CONNECTIONS = 4;

	private static final Duration FETCH_INTERVAL = Duration.ofSeconds(31);

	/** How often the server asks for the keys by itself, and a little more. */
	private static final Duration REFRESH = Duration.ofMinutes(5).plusSeconds(10);

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static Keycloak keycloak;

	private static Realm realm;

	private static Login ann;

	private static TestServer server;

	@BeforeAll
	static void start() {
		Path home = Keycloak.home();
		Skip.unless(Files.isDirectory(home.resolve("bin")), "Keycloak, which ./mvnw -Plong unpacks");
		long begin = System.nanoTime();
		keycloak = Keycloak.startEmpty(home);
		say("started in", begin);
		realm = new Realm(keycloak);
		realm.create();
		server = server();
		ann = Login.of(keycloak);
	}

	@AfterAll
	static void stop() {
		if (server != null) {
			server.close();
		}
		if (keycloak != null) {
			keycloak.close();
		}
	}

	private static TestServer server() {
		String jwt = "ably-auth.sessions.jwt[1].";
		return TestServer.start(jwt + "issuer=" + realm.issuer(), jwt + "audiences=" + Realm.CLIENT,
				jwt + "roles=realm_access.roles", jwt + "same-users=true", jwt + "logout-audiences=" + Realm.CLIENT);
	}

	@Test
	@Order(1)
	void tokenWhenSignedInByCodeFlowThenAnAblyJwtForThisUser() {
		HttpResponse<String> answer = ask(server, ann.accessToken());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(JWT.decode(answer.body()).getClaim("x-ably-clientId").asString())
			.isEqualTo(JWT.decode(ann.accessToken()).getSubject());
		assertThat(JWT.decode(answer.body()).getClaim("x-ably-capability").asString()).contains("team:red:*");
	}

	@Test
	@Order(2)
	void tokenWhenIdTokenOrForgedThen401() {
		assertThat(status(ann.idToken())).isEqualTo(401);
		String token = ann.accessToken();
		assertThat(status(token.substring(0, token.length() - 8) + "AAAAAAAA")).isEqualTo(401);
		assertThat(status(withKid(token, "unknown"))).isEqualTo(401);
	}

	/** The token that is asked for first is one of several at the same moment. */
	@Test
	@Order(3)
	void tokenWhenKeysRotateThenOf1000NoneIsRefused() throws Exception {
		Keycloak.pause(FETCH_INTERVAL);
		List<String> tokens = new ArrayList<>();
		for (int i = 0; i < TOKENS; i++) {
			if (i == TOKENS / 2) {
				realm.addKey("rsa-second", 200);
			}
			tokens.add(ann.another());
		}
		assertThat(tokens.stream().map(Login::kid).distinct()).hasSize(2);
		List<Integer> statuses = askAll(tokens);
		say("statuses of " + TOKENS + " tokens across the switch: " + Collections.frequency(statuses, 200) + " x 200, "
				+ Collections.frequency(statuses, 401) + " x 401, " + Collections.frequency(statuses, 503) + " x 503");
		assertThat(statuses).hasSize(TOKENS).containsOnly(200);
	}

	private static List<Integer> askAll(List<String> tokens) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
		try {
			List<Callable<Integer>> calls = tokens.stream()
				.map((token) -> (Callable<Integer>) () -> status(token))
				.toList();
			List<Integer> statuses = new ArrayList<>();
			for (Future<Integer> status : threads.invokeAll(calls)) {
				statuses.add(status.get());
			}
			return statuses;
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@Order(4)
	void tokenWhenNewKidAndNoFetchFor30SecondsThenWithinASecond() {
		Keycloak.pause(FETCH_INTERVAL);
		realm.addKey("rsa-third", 300);
		String token = ann.another();
		long begin = System.nanoTime();
		assertThat(status(token)).isEqualTo(200);
		say("first token with a new kid accepted in", begin);
		assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(1).toNanos());
	}

	@Test
	@Order(5)
	void tokenWhenNewKidRightAfterAFetchThenWithin30SecondsAnd401Meanwhile() {
		realm.addKey("rsa-fourth", 400);
		String token = ann.another();
		long begin = System.nanoTime();
		await(token, 200, List.of(401), Duration.ofSeconds(31));
		say("token with a new kid right after a fetch accepted in", begin);
		assertThat(status(ann.accessToken())).isEqualTo(200);
	}

	/** Nobody names an unknown kid, so it is the refresh that finds out. */
	@Test
	@Order(6)
	void tokenWhenTheKeyIsRemovedThenRefusedAfterTheNextRefresh() {
		String old = ann.accessToken();
		assertThat(status(old)).isEqualTo(200);
		realm.disableKey("rsa-generated");
		assertThat(realm.publishedKids()).doesNotContain(Login.kid(old));
		long begin = System.nanoTime();
		await(old, 401, List.of(200), REFRESH);
		say("token of a removed key refused in", begin);
		assertThat(status(ann.another())).isEqualTo(200);
	}

	@Test
	@Order(7)
	void tokenWhenStoppedThenKnownKeysAreGoodAndUnknownOnesAre503UntilItIsBack() {
		String token = ann.another();
		keycloak.stop();
		try (TestServer startedMeanwhile = server()) {
			Keycloak.pause(FETCH_INTERVAL);
			assertThat(status(token)).isEqualTo(200);
			HttpResponse<String> unknown = ask(server, withKid(token, "unknown"));
			assertThat(unknown.statusCode()).isEqualTo(503);
			assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
			assertThat(status(token)).isEqualTo(200);
			assertThat(ask(startedMeanwhile, token).statusCode()).isEqualTo(503);
			keycloak.start();
			realm.addKey("rsa-fifth", 500);
			String later = ann.another();
			long begin = System.nanoTime();
			await(later, 200, List.of(503, 401), Duration.ofSeconds(31));
			say("after a restart, a new kid accepted in", begin);
			assertThat(ask(startedMeanwhile, later).statusCode()).isEqualTo(200);
		}
	}

	/** By an admin, and by the user. */
	@Test
	@Order(8)
	void tokenWhenItsSessionHasEndedThen403AndOtherSessionsOfTheUserGoOn() {
		realm.sendLogoutsTo(server.uri("/logout/back-channel"));
		Login other = Login.of(keycloak);
		Login ended = Login.of(keycloak);
		assertThat(status(ended.accessToken())).isEqualTo(200);
		long begin = System.nanoTime();
		realm.endSession(ended.sessionId());
		await(ended.accessToken(), 403, List.of(200), Duration.ofSeconds(10));
		say("token of a session that an admin has ended refused in", begin);
		Login leaving = Login.of(keycloak);
		assertThat(status(leaving.accessToken())).isEqualTo(200);
		begin = System.nanoTime();
		leaving.logout();
		await(leaving.accessToken(), 403, List.of(200), Duration.ofSeconds(10));
		say("token of a session that its user has ended refused in", begin);
		assertThat(status(other.accessToken())).isEqualTo(200);
	}

	private static void await(String token, int expected, List<Integer> meanwhile, Duration longest) {
		long end = System.nanoTime() + longest.toNanos();
		for (int status = status(token); status != expected; status = status(token)) {
			assertThat(meanwhile).contains(status);
			assertThat(System.nanoTime()).isLessThan(end);
			Keycloak.pause(Duration.ofMillis(250));
		}
	}

	private static int status(String token) {
		return ask(server, token).statusCode();
	}

	private static HttpResponse<String> ask(TestServer asked, String token) {
		try {
			return HTTP.send(HttpRequest.newBuilder(asked.uri("/api/ably-jwt"))
				.header("Authorization", "Bearer " + token)
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String withKid(String token, String kid) {
		String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
		return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
				+ token.substring(token.indexOf('.'));
	}

	private static void say(String what, long begin) {
		say(what + " " + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
	}

	private static void say(String what) {
		System.out.println("keycloak: " + what);
	}

}
