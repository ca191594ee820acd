package dev.ablyauth.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.remote.FaultLog;
import dev.ablyauth.springapp.SpringApp;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Users sign in to a real Spring app, and take the cookie of its session to the server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SpringSessionTests {

	private static final String POLICY = """
			rules:
			  - name: mailbox
			    when: '"ROLE_USER" in user.roles'
			    grant:
			      - channel: "notify:{user.id}"
			        operations: [subscribe]
			  - name: admins
			    when: '"ROLE_ADMIN" in user.roles && user.source == "spring-session"'
			    grant:
			      - channel: "admins"
			        operations: [subscribe]
			""";

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	/** How the apps of this store write their sessions. */
	abstract List<String> formats();

	abstract SpringApp app(String format);

	/** Where the app of a format keeps its sessions, as {@code name=value}. */
	abstract List<String> store(String format);

	@ParameterizedTest
	@MethodSource("formats")
	void tokenWhenSignedInThenOfTheUserWithTheRolesAndNotLongerThanTheSession(String format) throws Exception {
		try (TestServer server = server(format)) {
			HttpResponse<String> answer = token(server, "SESSION=" + app(format).login("ann"));
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			DecodedJWT token = JWT.decode(answer.body());
			assertThat(token.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
			assertThat(token.getClaim("x-ably-capability").asString())
				.isEqualTo("{\"admins\":[\"subscribe\"],\"notify:ann\":[\"subscribe\"]}");
			assertThat(token.getExpiresAtAsInstant()).isBefore(Instant.now().plus(Duration.ofMinutes(30)));
			String ofBob = token(server, "SESSION=" + app(format).login("bob")).body();
			assertThat(JWT.decode(ofBob).getClaim("x-ably-capability").asString())
				.isEqualTo("{\"notify:bob\":[\"subscribe\"]}");
		}
	}

	@ParameterizedTest
	@MethodSource("formats")
	void tokenWhenSignedOutThen401(String format) throws Exception {
		try (TestServer server = server(format)) {
			String cookie = app(format).login("ann");
			assertThat(token(server, "SESSION=" + cookie).statusCode()).isEqualTo(200);
			app(format).logout(cookie);
			HttpResponse<String> answer = token(server, "SESSION=" + cookie);
			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(answer.body()).contains("\"code\":40100", "The session is not valid.");
		}
	}

	/** The bearer is what the client sent on purpose. */
	@ParameterizedTest
	@MethodSource("formats")
	void tokenWhenBearerAndCookieThenOfTheBearer(String format) throws Exception {
		try (TestServer server = server(format)) {
			HttpResponse<String> answer = token(server, "SESSION=" + app(format).login("bob"), "Authorization",
					"Bearer " + TestServer.session("carol", Map.of("roles", List.of("ROLE_USER"))));
			assertThat(JWT.decode(answer.body()).getClaim("x-ably-clientId").asString()).isEqualTo("carol");
		}
	}

	@ParameterizedTest
	@MethodSource("formats")
	void userWhenNobodyIsSignedInThenNoneSoThatAnotherKindMayKnow(String format) {
		assertThat(user(format, app(format).open("/visit"))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("formats")
	void userWhenSessionIsOverThenInvalidAndNothingIsChangedInTheStore(String format) {
		String cookie = app(format).login("ann");
		AppUser user = user(format, cookie).orElseThrow();
		assertThat(user.expires()).isBetween(Instant.now().plusSeconds(1790), Instant.now().plusSeconds(1800));
		MutableClock clock = new MutableClock(user.expires());
		try (SpringSessions sessions = sessions(format, clock)) {
			assertInvalid(sessions, cookie);
			clock.advance(Duration.ofSeconds(-1));
			assertThat(sessions.ofCookies(TestCredentials.cookie("SESSION", cookie)).orElseThrow().expires())
				.isEqualTo(user.expires());
		}
	}

	@ParameterizedTest
	@MethodSource("formats")
	void userWhenOpenIdThenOfTheClaims(String format) {
		AppUser user = user(format, app(format).open("/oidc")).orElseThrow();
		assertThat(user.id()).isEqualTo("0815");
		assertThat(user.roles()).containsExactly("OIDC_USER");
		assertThat(user.claims()).containsEntry("email", "ann@example.com")
			.containsEntry("iss", "https://login.example.com/realms/one?a=b#c")
			.containsEntry("nickname", "annie")
			.containsEntry("email_verified", true)
			.containsEntry("realm_access", Map.of("roles", List.of("x.y", "member")));
		assertThat(((Number) Objects.requireNonNull(user.claims().get("auth_time"))).doubleValue()).isZero();
		AppUser chosen = user(format, app(format).open("/oidc"), "user-id=email", "roles=realm_access.roles",
				"user-id-prefix=shop:")
			.orElseThrow();
		assertThat(chosen.id()).isEqualTo("shop:ann@example.com");
		assertThat(chosen.roles()).containsExactly("x.y", "member");
	}

	/** A path that leads nowhere gives nobody an id. */
	@ParameterizedTest
	@MethodSource("formats")
	void userWhenUserIdIsNotInTheAttributesThenInvalid(String format) {
		try (SpringSessions sessions = sessions(format, Clock.systemUTC(), "user-id=employee")) {
			assertInvalid(sessions, app(format).open("/oidc"));
			assertInvalid(sessions, app(format).login("ann"));
		}
	}

	@ParameterizedTest
	@MethodSource("formats")
	void userWhenPrincipalIsOfTheAppsOwnClassThenOnlyJsonIsRead(String format) {
		String cookie = app(format).open("/own");
		if (format.equals("json")) {
			AppUser user = user(format, cookie).orElseThrow();
			assertThat(user.id()).isEqualTo("ann");
			assertThat(user.claims()).containsEntry("number", 7L).doesNotContainKeys("password", "@class");
			return;
		}
		try (LogLines lines = new LogLines(FaultLog.class)) {
			assertThatExceptionOfType(Refused.class).isThrownBy(() -> user(format, cookie))
				.extracting(Refused::reason)
				.isEqualTo(Reason.SESSION_SOURCE_DOWN);
			assertThat(lines.of(Level.WARN)).singleElement()
				.asString()
				.contains("dev.ablyauth.springapp.OwnPrincipal")
				.doesNotContain(id(cookie), cookie, "canary");
		}
	}

	@ParameterizedTest
	@MethodSource("formats")
	void userWhenIdIsUnknownThenInvalid(String format) {
		try (SpringSessions sessions = sessions(format, Clock.systemUTC())) {
			assertInvalid(sessions, cookie(UUID.randomUUID().toString()));
			assertInvalid(sessions, cookie(id(app(format).login("ann")).toUpperCase(java.util.Locale.ROOT) + "A"));
		}
	}

	@ParameterizedTest
	@MethodSource("formats")
	void userWhenSeveralCookiesThenTheFirstOfTwoThatIsThere(String format) {
		String ann = app(format).login("ann");
		String bob = app(format).login("bob");
		String unknown = cookie(UUID.randomUUID().toString());
		String other = cookie(UUID.randomUUID().toString());
		try (SpringSessions sessions = sessions(format, Clock.systemUTC())) {
			assertThat(sessions.ofCookies(cookies(ann, bob)).orElseThrow().id()).isEqualTo("ann");
			assertThat(sessions.ofCookies(cookies(unknown, bob)).orElseThrow().id()).isEqualTo("bob");
			assertThat(sessions.ofCookies(cookies("no-session", unknown, bob)).orElseThrow().id()).isEqualTo("bob");
			assertThat(sessions.ofCookies(cookies(app(format).open("/visit"), bob))).isEmpty();
			assertThatExceptionOfType(Refused.class).isThrownBy(() -> sessions.ofCookies(cookies(unknown, other, bob)));
		}
	}

	private static TestCredentials cookies(String... values) {
		TestCredentials credentials = TestCredentials.none();
		for (String value : values) {
			credentials = credentials.header("Cookie", "SESSION=" + value);
		}
		return credentials;
	}

	/** What the document on sessions shows. */
	static String documented(String pattern) {
		try {
			Matcher shown = Pattern.compile(pattern, Pattern.DOTALL)
				.matcher(Files.readString(Path.of("docs/sessions.md")));
			assertThat(shown.find()).isTrue();
			return shown.group(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads with the rights that the documents ask for, and no others. */
	void assertReads(String format, String... reader) {
		assertThat(user(format, app(format).login("ann"), reader)).map(AppUser::id).contains("ann");
	}

	private static void assertInvalid(SpringSessions sessions, String cookie) {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> sessions.ofCookies(TestCredentials.cookie("SESSION", cookie)))
			.extracting(Refused::reason)
			.isEqualTo(Reason.INVALID_SESSION);
	}

	private static String id(String cookie) {
		return new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
	}

	private static String cookie(String id) {
		return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
	}

	private Optional<AppUser> user(String format, String cookie, String... more) {
		try (SpringSessions sessions = sessions(format, Clock.systemUTC(), more)) {
			return sessions.ofCookies(TestCredentials.cookie("SESSION", cookie));
		}
	}

	private SpringSessions sessions(String format, Clock clock, String... more) {
		return TestSessions.ofSpring(clock, Stream.concat(store(format).stream(), Arrays.stream(more)).toList());
	}

	private TestServer server(String format) {
		return TestServer.startWith(POLICY,
				Stream.concat(store(format).stream(), Stream.of("same-users=true"))
					.map((setting) -> "ably-auth.sessions.spring-session." + setting)
					.toArray(String[]::new));
	}

	private static HttpResponse<String> token(TestServer server, String cookie, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/api/ably-jwt")).header("Cookie", cookie);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
