package dev.ablyauth.session;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.remote.FaultLog;
import dev.ablyauth.springapp.SpringApp;
import dev.ablyauth.springapp.TestPostgres;
import dev.ablyauth.springapp.TestRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A store that is away, killed, stopped or strange: its own users have 503 soon, nobody
 * else notices, and all is well again when it is back.
 */
class SpringSessionFaultsTests {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final Duration SOON = Duration.ofMillis(2500);

	@Test
	void redisWhenStoppedAndKilledThen503SoonAndBackAtOnce() {
		try (TestRedis redis = new TestRedis();
				SpringApp app = SpringApp.of("java", redis);
				TestServer server = server("store=redis", "url=" + redis.url())) {
			String cookie = app.login("ann");
			assertThat(status(server, cookie)).isEqualTo(200);
			redis.signal("STOP");
			assertDown(server, cookie);
			assertOthersDoNotNotice(server, cookie);
			redis.signal("CONT");
			assertBack(() -> status(server, cookie), 200);
			redis.signal("KILL");
			assertDown(server, cookie);
			redis.restart();
			assertBack(() -> status(server, cookie), 401);
			assertBack(() -> status(server, app.login("ann")), 200);
		}
	}

	@Test
	void postgresWhenChangedStoppedAndKilledThen503SoonAndBackAtOnce() {
		try (TestPostgres postgres = new TestPostgres();
				SpringApp app = SpringApp.of("java", postgres);
				TestServer server = server("store=jdbc", "url=" + postgres.url())) {
			String cookie = app.login("ann");
			assertThat(status(server, cookie)).isEqualTo(200);
			JdbcTemplate jdbc = new JdbcTemplate(postgres.database());
			jdbc.execute("ALTER TABLE SPRING_SESSION RENAME TO AWAY");
			assertDown(server, cookie, "SQLSTATE 42P01");
			jdbc.execute("ALTER TABLE AWAY RENAME TO SPRING_SESSION");
			assertThat(status(server, cookie)).isEqualTo(200);
			jdbc.execute("UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = ATTRIBUTE_BYTES || decode(repeat("
					+ "'00', 10000000), 'hex')");
			assertDown(server, cookie);
			jdbc.execute("UPDATE SPRING_SESSION_ATTRIBUTES SET ATTRIBUTE_BYTES = substr(ATTRIBUTE_BYTES, 1, "
					+ "length(ATTRIBUTE_BYTES) - 10000000)");
			assertThat(status(server, cookie)).isEqualTo(200);
			postgres.signal("STOP");
			assertDown(server, cookie);
			assertOthersDoNotNotice(server, cookie);
			postgres.signal("CONT");
			assertBack(() -> status(server, cookie), 200);
			postgres.signal("KILL");
			assertDown(server, cookie);
		}
	}

	/** The server starts, and serves others. */
	@ParameterizedTest
	@CsvSource({ "redis,redis://127.0.0.1:1", "jdbc,jdbc:postgresql://127.0.0.1:1/app" })
	void startWhenStoreIsAwayThenStarted(String store, String url) {
		try (TestServer server = server("store=" + store, "url=" + url)) {
			assertDown(server, cookie());
			assertThat(send(server, "Authorization", "Bearer " + TestServer.ann()).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource({ "redis,hangs up", "redis,says nothing", "redis,random bytes", "redis,a web page",
			"redis,an endless answer", "redis,an answer that drips", "redis,errors that repeat the command",
			"redis,another type", "jdbc,hangs up", "jdbc,says nothing", "jdbc,random bytes", "jdbc,a web page",
			"jdbc,an endless answer", "jdbc,an answer that drips" })
	void userWhenStoreTalksRubbishThenDownSoonAndNothingOfItInTheLog(String store, String kind) {
		String address = store.equals("redis") ? "url=redis://127.0.0.1:%d" : "url=jdbc:postgresql://127.0.0.1:%d/app";
		String cookie = cookie();
		try (RubbishServer rubbish = RubbishServer.start(kind);
				SpringSessions sessions = TestSessions.ofSpring(Clock.systemUTC(),
						List.of("store=" + store, address.formatted(rubbish.port())));
				LogLines lines = new LogLines(FaultLog.class)) {
			long start = System.nanoTime();
			Refused refused = catchThrowableOfType(Refused.class,
					() -> sessions.ofCookies(TestCredentials.cookie("SESSION", cookie)));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
			assertThat(refused.reason()).isEqualTo(Reason.SESSION_SOURCE_DOWN);
			assertThat(lines.of(Level.WARN)).singleElement().satisfies((line) -> assertPlain(line, cookie));
		}
	}

	@Test
	void userWhenKeyIsNoHashOrHoldsRubbishThen503() {
		try (TestRedis redis = new TestRedis();
				StatefulRedisConnection<String, byte[]> connection = redis.connect();
				TestServer server = server("store=redis", "url=" + redis.url())) {
			connection.sync().set("spring:session:sessions:string", new byte[1]);
			assertDown(server, cookie("string"), "WRONGTYPE");
			Map<String, byte[]> times = Map.of("lastAccessedTime", text("9000000000000"), "maxInactiveInterval",
					text("1800"));
			connection.sync().hset("spring:session:sessions:empty", times);
			assertThat(status(server, cookie("empty"))).isEqualTo(401);
			connection.sync().hset("spring:session:sessions:large", times);
			connection.sync()
				.hset("spring:session:sessions:large", "sessionAttr:SPRING_SECURITY_CONTEXT", new byte[262_145]);
			assertDown(server, cookie("large"), "more than 262144 bytes");
			connection.sync().hset("spring:session:sessions:rubbish", times);
			connection.sync()
				.hset("spring:session:sessions:rubbish", "sessionAttr:SPRING_SECURITY_CONTEXT", new byte[9]);
			assertDown(server, cookie("rubbish"), "neither Java serialization nor JSON");
			connection.sync()
				.hset("spring:session:sessions:time",
						Map.of("lastAccessedTime", text("now"), "maxInactiveInterval", text("1800")));
			assertDown(server, cookie("time"));
			connection.sync().configSet("requirepass", "secret");
			try (TestServer stranger = server("store=redis", "url=" + redis.url(), "password=canary-wrong-password")) {
				assertDown(stranger, cookie("empty"), "WRONGPASS");
			}
			try (TestServer friend = server("store=redis", "url=" + redis.url() + "/0", "password=secret")) {
				assertThat(status(friend, cookie("empty"))).isEqualTo(401);
			}
		}
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** One hundred callers wait for the store, and one with a bearer comes. */
	private static void assertOthersDoNotNotice(TestServer server, String cookie) {
		List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			waiting.add(CLIENT.sendAsync(request(server, "Cookie", "SESSION=" + ((i % 2 == 0) ? cookie : cookie())),
					HttpResponse.BodyHandlers.ofString()));
		}
		for (int i = 0; i < 20; i++) {
			long start = System.nanoTime();
			assertThat(send(server, "Authorization", "Bearer " + TestServer.ann()).statusCode()).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		}
		assertThat(waiting).allSatisfy((answer) -> assertThat(answer.join().statusCode()).isEqualTo(503));
	}

	private static void assertDown(TestServer server, String cookie, String... logged) {
		try (LogLines lines = new LogLines(FaultLog.class)) {
			long start = System.nanoTime();
			HttpResponse<String> answer = send(server, "Cookie", "SESSION=" + cookie);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
			assertThat(answer.body()).contains("\"code\":50003");
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			List<String> said = lines.of(Level.WARN);
			assertThat(said).allSatisfy((line) -> assertPlain(line, cookie));
			Stream.of(logged).forEach((word) -> assertThat(said).anyMatch((line) -> line.contains(word)));
		}
	}

	private static void assertPlain(String line, String cookie) {
		String id = new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
		assertThat(line).startsWith("The store of ably-auth.sessions.spring-session ")
			.doesNotContain(":" + id, cookie, "canary");
	}

	private static void assertBack(Supplier<Integer> status, int expected) {
		long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
		int last = status.get();
		while (last != expected && System.nanoTime() < end) {
			last = status.get();
		}
		assertThat(last).isEqualTo(expected);
	}

	private static int status(TestServer server, String cookie) {
		return send(server, "Cookie", "SESSION=" + cookie).statusCode();
	}

	private static String cookie() {
		return cookie(UUID.randomUUID().toString());
	}

	private static String cookie(String id) {
		return Base64.getEncoder().encodeToString(text(id));
	}

	private static HttpRequest request(TestServer server, String... headers) {
		URI uri = server.uri("/api/ably-jwt");
		return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).headers(headers).build();
	}

	private static HttpResponse<String> send(TestServer server, String... headers) {
		return CLIENT.sendAsync(request(server, headers), HttpResponse.BodyHandlers.ofString()).join();
	}

	private static TestServer server(String... settings) {
		return TestServer.start(Stream.concat(Stream.of(settings), Stream.of("same-users=true"))
			.map((setting) -> "ably-auth.sessions.spring-session." + setting)
			.toArray(String[]::new));
	}

}
