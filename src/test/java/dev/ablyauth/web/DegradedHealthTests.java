package dev.ablyauth.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.TestLiveKeys;
import dev.ablyauth.session.SessionServer;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is not well with a server, as admins see it and as docs/operations/health.md says
 * it, and what of it a balancer is told.
 */
class DegradedHealthTests {

	private static final Path PAGE = Path.of("docs", "operations", "health.md");

	/** A row of the table: the part, and what is wrong with it. */
	private static final Pattern ROW = Pattern.compile("^\\| (?:`([a-zA-Z]+)` )?\\|(.*\\|.*\\|.*\\|.*)\\|$",
			Pattern.MULTILINE);

	private static final String SESSIONS = "ably-auth.sessions.";

	@TempDir
	private Path folder;

	@Test
	void pageThenHasEachPartAndNoOther() throws IOException {
		try (TestServer server = TestServer.start(AdminTokens.settings())) {
			Set<String> parts = new TreeSet<>();
			components(server).propertyNames().forEach(parts::add);
			String page = Files.readString(PAGE);
			Set<String> said = ROW.matcher(page)
				.results()
				.map((row) -> row.group(1))
				.filter((part) -> part != null)
				.collect(Collectors.toCollection(TreeSet::new));
			String boot = page.lines().filter((line) -> line.contains("Boot's own parts")).findFirst().orElseThrow();
			Pattern.compile("`([a-zA-Z]+)`").matcher(boot).results().forEach((part) -> said.add(part.group(1)));
			assertThat(parts).isEqualTo(said);
			assertThat(health(server, "/actuator/health").body()).doesNotContain("degraded");
			assertThat(health(server, "/actuator/health/readiness").body())
				.contains("\"keys\"", "\"policy\"", "\"sessions\"", "\"denyList\"", "\"readinessState\"")
				.doesNotContain("\"clock\"");
		}
	}

	@Test
	void policyWhenBothFilesAreSpoiltThenReadyAndSaid() throws IOException {
		Path policy = Files.writeString(this.folder.resolve("policy.yml"), TestServer.POLICY);
		Path shadow = Files.writeString(this.folder.resolve("shadow.yml"), TestServer.POLICY);
		try (TestServer server = TestServer
			.start(AdminTokens.settings("ably-auth.policy=file:" + policy, "ably-auth.shadow-policy=file:" + shadow))) {
			Files.writeString(policy, "rules: nonsense");
			Files.writeString(shadow, "rules: nonsense");
			await(() -> reasons(server, "policy").size() == 2);
			assertThat(reasons(server, "policy").get(0)).startsWith("the policy file ").contains("line 1, column ");
			assertThat(reasons(server, "policy").get(1)).startsWith("the file of the shadow policy ");
			assertSaid(server, "policy", "has changed and cannot be used, the policy in use stays");
			assertReady(server, true);
		}
	}

	@Test
	void keysWhenAFileIsSpoiltAndADrainIsOverThenReadyAndSaid() {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TestKeys.KEY);
		String old = TestKeys.KEY.replace(TestKeys.KEY_NAME, TestKeys.KEY_NAME + "2");
		try (TestServer server = TestServer
			.start(AdminTokens.settings("ably-auth.keys[0].value=", "ably-auth.keys[0].file=" + file,
					"ably-auth.keys[1].value=" + old, "ably-auth.keys[1].drain-until=2020-01-01T00:00:00Z"))) {
			assertThat(reasons(server, "keys")).singleElement()
				.asString()
				.isEqualTo("the drain of " + TestKeys.KEY_NAME + "2 is over, and it is still in the settings");
			TestLiveKeys.write(file, "");
			await(() -> reasons(server, "keys").size() == 2);
			assertSaid(server, "keys", "the keys in use stay");
			assertSaid(server, "keys", "is over, and it is still in the settings");
			assertReady(server, true);
		}
	}

	/** Known at start only where the settings say what a key allows. */
	@Test
	void keysWhenAblySaysThatThoseThatSignHaveNothingInCommonThenNotReady() {
		String other = TestKeys.KEY.replace(TestKeys.KEY_NAME, TestKeys.KEY_NAME + "2");
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"b\":[\"publish\"]}");
				TestServer server = TestServer.start(AdminTokens.settings("ably-auth.keys[0].value=" + other,
						"ably-auth.keys[0].capability={\"a\":[\"publish\"]}", "ably-auth.keys[1].value=" + TestKeys.KEY,
						"ably-auth.ably.discover-key-capability=true",
						"ably-auth.keys[1].drain-until=2099-01-01T00:00:00Z",
						"ably-auth.ably.rest-url=http://127.0.0.1:" + ably.port()))) {
			await(() -> !reasons(server, "keys").isEmpty());
			assertSaid(server, "keys", "nothing in common, so no tokens are issued");
			assertReady(server, false);
		}
	}

	@Test
	void clockWhenAblysIsFarThenReadyAndSaid() {
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(40));
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.notRevocable().on(ahead));
				TestServer server = TestServer.start(AdminTokens.settings("ably-auth.ably.clock=ably",
						"ably-auth.ably.rest-url=http://127.0.0.1:" + ably.port()))) {
			await(() -> !reasons(server, "clock").isEmpty());
			assertSaid(server, "clock", "Ably's clock is more than 30 s from the one of this machine");
			assertThat(components(server).at("/clock/details/offsetSeconds").asDouble()).isBetween(38.0, 42.0);
			assertReady(server, true);
		}
	}

	@Test
	void redisWhenItIsAwayThenReadyAndSaid() throws IOException {
		try (TestServer server = TestServer.start(AdminTokens.settings(
				"ably-auth.rate-limit.redis=redis://127.0.0.1:" + freePort(), "ably-auth.rate-limit.per-user=5/1m"))) {
			assertThat(components(server).at("/sharedRedis/status").asString()).isEqualTo("UP");
			assertThat(token(server, "Authorization", "Bearer " + TestServer.ann())).isEqualTo(200);
			assertSaid(server, "sharedRedis", "did not answer the last time");
			assertReady(server, true);
		}
	}

	@Test
	void auditWhenTheFileCannotBeWrittenThenReadyAndSaid() throws IOException {
		Path file = this.folder.resolve("audit.log");
		try (TestServer server = TestServer.start(AdminTokens.settings("ably-auth.audit.file=" + file,
				"ably-auth.audit.max-size=64KB", "ably-auth.audit.keep=1"))) {
			Files.createDirectories(this.folder.resolve("audit.log.1/in-the-way"));
			await(() -> token(server, "Authorization", "Bearer " + TestServer.ann()) == 200
					&& !reasons(server, "audit").isEmpty());
			assertSaid(server, "audit", "the last audit line could not be written to the file");
			assertReady(server, true);
		}
	}

	@Test
	void auditWhenStandardOutputHasNoLineThatIsRequiredThenSaidUntilItHas() {
		Logger audit = (Logger) LoggerFactory.getLogger("audit");
		try (TestServer server = TestServer.start(AdminTokens.settings("ably-auth.audit.required=true"))) {
			audit.setLevel(Level.OFF);
			assertThat(token(server, "Authorization", "Bearer " + TestServer.ann())).isEqualTo(503);
			assertSaid(server, "audit", "the last audit line could not be written to standard output");
			assertReady(server, true);
			audit.setLevel(Level.INFO);
			assertThat(token(server, "Authorization", "Bearer " + TestServer.ann())).isEqualTo(200);
			assertThat(reasons(server, "audit")).isEmpty();
		}
		finally {
			audit.setLevel(Level.INFO);
		}
	}

	@Test
	void sessionsWhenOneOfTwoIsAwayThenReadyAndSaid() throws IOException {
		try (TestServer server = TestServer
			.start(AdminTokens.settings(SESSIONS + "forward.url=http://127.0.0.1:" + freePort() + "/me",
					SESSIONS + "forward.user-id-prefix=app-"))) {
			assertThat(reasons(server, "sessions")).isEmpty();
			assertThat(token(server, "Cookie", "sid=1")).isEqualTo(503);
			assertThat(reasons(server, "sessions")).singleElement()
				.asString()
				.isEqualTo("forward at 127.0.0.1 cannot be connected");
			assertSaid(server, "sessions", "cannot be connected");
			for (int i = 0; i < 30; i++) {
				token(server, "Cookie", "sid=" + i);
			}
			assertSaid(server, "sessions", "cannot be connected, so its users get 503 until it is well");
			assertReady(server, true);
			assertThat(token(server, "Authorization", "Bearer " + TestServer.ann())).isEqualTo(200);
		}
	}

	/** That nobody is signed in is an answer as good as another. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			forward       | gives an answer that is not JSON             | 401 | {}
			introspection | gives an answer that is no answer of RFC 7662 | 200 | {"active":false}
			""")
	void sessionsWhenAServiceSaysNothingOfUseThenReadyAndSaidUntilItDoes(String kind, String words, int status,
			String nobody) {
		try (SessionServer service = SessionServer.start(SessionServer.json(500, "{}"));
				TestServer server = TestServer.start(AdminTokens.settings(kind.equals("forward")
						? new String[] { SESSIONS + "forward.url=" + service.uri("/me"),
								SESSIONS + "forward.user-id-prefix=app-" }
						: new String[] { SESSIONS + "introspection[0].uri=" + service.uri("/introspect"),
								SESSIONS + "introspection[0].client-id=a",
								SESSIONS + "introspection[0].client-secret=canary-client-secret",
								SESSIONS + "introspection[0].user-id-prefix=app-" }))) {
			String header = kind.equals("forward") ? "Cookie" : "Authorization";
			String credential = kind.equals("forward") ? "sid=" : "Bearer opaque";
			for (int i = 0; i < 30; i++) {
				assertThat(token(server, header, credential + i)).isEqualTo(503);
			}
			assertThat(reasons(server, "sessions")).containsExactly(kind + " at 127.0.0.1 answers 500");
			assertSaid(server, "sessions", "answers 500");
			assertReady(server, true);
			service.behave(SessionServer.json(200, "<html>"));
			assertThat(token(server, header, credential + 31)).isEqualTo(503);
			assertThat(reasons(server, "sessions")).singleElement().asString().contains(words);
			service.behave(SessionServer.json(status, nobody));
			assertThat(token(server, header, credential + 32)).isEqualTo(401);
			assertThat(reasons(server, "sessions")).isEmpty();
		}
	}

	/** Nobody asks for a token while a server is not ready, and it has to come back. */
	@ParameterizedTest
	@ValueSource(strings = { "forward.url=URL/me", "introspection[0].uri=URL/introspect" })
	void sessionsWhenAllAreAwayThenNotReadyAndReadyAgainByItself(String setting) throws Exception {
		int port = freePort();
		String uri = "http://127.0.0.1:" + port;
		try (TestServer server = TestServer.startWithout(SESSIONS + "jwt",
				AdminTokens.settings(SESSIONS + setting.replace("URL", uri), SESSIONS
						+ (setting.startsWith("forward") ? "forward.same-users=false" : "introspection[0].client-id=a"),
						SESSIONS + (setting.startsWith("forward") ? "forward.user-id=/id"
								: "introspection[0].client-secret=canary-client-secret")))) {
			assertReady(server, true);
			for (int i = 0; i < 25; i++) {
				assertThat(token(server, "Cookie", "sid=" + i, "Authorization", "Bearer opaque" + i)).isEqualTo(503);
			}
			assertReady(server, false);
			assertThat(Http.get(server.uri("/livez")).statusCode()).isEqualTo(200);
			assertSaid(server, "sessions", "cannot be connected");
			try (ServerSocket back = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
				Thread answering = new Thread(() -> refuseAll(back));
				answering.setDaemon(true);
				answering.start();
				await(() -> Http.get(server.uri("/readyz")).statusCode() == 200);
				assertThat(reasons(server, "sessions")).isEmpty();
			}
		}
	}

	/** Says of everybody that nobody is signed in, in the words of both kinds. */
	private static void refuseAll(ServerSocket socket) {
		try {
			while (true) {
				try (var call = socket.accept()) {
					call.getInputStream().read(new byte[8192]);
					call.getOutputStream()
						.write("HTTP/1.1 200 x\r\nContent-Length: 16\r\nConnection: close\r\n\r\n{\"active\":false}"
							.getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			// The test is over.
		}
	}

	@Test
	void sessionsWhenTheKeysOfTheOnlyIssuerAreNotThereThenNotReady() {
		try (SessionServer idp = SessionServer.start(SessionServer.json(500, "{}"));
				TestServer server = TestServer.startWithout(SESSIONS + "jwt[0].secret",
						AdminTokens.settings(SESSIONS + "jwt[0].jwks-uri=" + idp.uri("/jwks")))) {
			await(() -> reasons(server, "sessions").toString().contains("cannot be fetched"));
			assertSaid(server, "sessions", "its keys cannot be fetched");
			assertReady(server, false);
		}
	}

	/** To anybody else there is the status alone. */
	private static void assertReady(TestServer server, boolean ready) {
		HttpResponse<String> answer = Http.get(server.uri("/readyz"));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(ready ? 200 : 503);
		String status = "{\"status\":\"" + (ready ? "UP" : "DOWN") + "\"}";
		assertThat(answer.body()).isEqualTo(status);
		assertThat(Http.get(server.uri("/actuator/health")).body()).isEqualTo(status);
		assertThat(Http.get(server.uri("/actuator/health/readiness")).body()).isEqualTo(status);
	}

	/** In the words of the page, with something to do. */
	private static void assertSaid(TestServer server, String part, String words) {
		assertThat(reasons(server, part)).anySatisfy((reason) -> assertThat(reason).contains(words));
		assertThat(components(server).at("/" + part + "/details/degraded"))
			.allSatisfy((one) -> assertThat(one.get("todo").asString()).isNotBlank());
		assertThat(rows(part)).contains(words.replaceAll(", so its users.*", ""));
	}

	/** The row of a part and those below that have no name. */
	private static String rows(String part) {
		try {
			StringBuilder rows = new StringBuilder();
			String current = "";
			for (var row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
				current = (row.group(1) != null) ? row.group(1) : current;
				rows.append(current.equals(part) ? row.group(2) : "");
			}
			return rows.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> reasons(TestServer server, String part) {
		return components(server).at("/" + part + "/details/degraded")
			.valueStream()
			.map((one) -> one.get("reason").asString())
			.toList();
	}

	private static JsonNode components(TestServer server) {
		return new JsonMapper().readTree(health(server, "/actuator/health").body()).path("components");
	}

	private static HttpResponse<String> health(TestServer server, String path) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + AdminTokens.ALL);
	}

	private static int token(TestServer server, String... headers) {
		return Http.get(server.uri("/api/ably-jwt"), headers).statusCode();
	}

	private static int freePort() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return free.getLocalPort();
		}
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).isLessThan(end);
			try {
				Thread.sleep(50);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

}
