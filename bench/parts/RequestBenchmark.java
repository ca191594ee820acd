package dev.ablyauth;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.TestRows;
import org.apache.coyote.DirectCalls;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A whole request for a token without HTTP and sockets, each time of another one of ten
 * thousand users: fifty rules, ten thousand denied users, limits, audit lines, meters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RequestBenchmark {

	static final String PATH = "/api/ably-jwt";

	static final byte[] PATH_BYTES = bytes(PATH);

	private static final int USERS = 10_000;

	private static final int DENIED = 10_000;

	/** How often each user is served before JMH warms up: a server has much to compile. */
	private static final int PASSES = 10;

	private static final int OK = 200;

	private static final int FORBIDDEN = 403;

	private ConfigurableApplicationContext context;

	private DirectCalls calls;

	private List<Map<byte[], byte[]>> requests;

	private int next;

	/** Starts the server, and checks each answer: a token for a user, none for a denied one. */
	@Setup
	public void start() throws Exception {
		// JMH reads what the process prints, and so it has no audit lines there.
		System.setOut(new PrintStream(new BufferedOutputStream(new FileOutputStream("out/parts/server.log")), true));
		String list = TestFiles.denyList();
		run(list).close();
		TestRows.insert(JdbcClient.create(new DriverManagerDataSource(list)), 1, DENIED);
		this.context = run(list);
		this.context.getBean(DenyList.class).await(Duration.ofSeconds(5));
		TomcatWebServer server = (TomcatWebServer) ((ServletWebServerApplicationContext) this.context).getWebServer();
		this.calls = new DirectCalls(server.getTomcat().getConnector().getProtocolHandler().getAdapter());
		this.requests = IntStream.range(0, USERS).mapToObj(RequestBenchmark::member).toList();
		for (int i = 0; i < PASSES * USERS; i++) {
			token();
			JWT.require(Algorithm.HMAC256(TestKeys.KEY_SECRET))
				.withClaim("x-ably-clientId", "load" + this.next)
				.build()
				.verify(this.calls.body());
		}
		int denied = this.calls.get(PATH_BYTES, headers("user" + DENIED, Map.of("roles", List.of("member"))));
		if (denied != FORBIDDEN) {
			throw new IllegalStateException("a denied user has " + denied + ": " + this.calls.body());
		}
	}

	private static ConfigurableApplicationContext run(String list) throws IOException {
		return AuthServerApplication.application()
			.run(TestServer.arguments(Files.readString(Path.of("config/policy.yml")), "ably-auth.deny-list.url=" + list,
					"ably-auth.rate-limit.per-user=1000000/1s"));
	}

	private static Map<byte[], byte[]> member(int user) {
		return headers("load" + user, Map.of("roles", List.of("member"), "team", "team-" + user % 100));
	}

	/** What a client sends. */
	static Map<byte[], byte[]> headers(String user, Map<String, ?> claims) {
		Map<byte[], byte[]> headers = new LinkedHashMap<>();
		headers.put(bytes("Host"), bytes("localhost"));
		headers.put(bytes("Authorization"), bytes("Bearer " + TestServer.session(user, claims)));
		return headers;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	static int good(int status) {
		if (status != OK) {
			throw new IllegalStateException("the status is " + status);
		}
		return status;
	}

	/** Ends the server. */
	@TearDown
	public void stop() {
		this.context.close();
	}

	/**
	 * Asks for a token.
	 * @return the status
	 */
	@Benchmark
	public int token() throws Exception {
		this.next = (this.next + 1) % USERS;
		return good(this.calls.get(PATH_BYTES, this.requests.get(this.next)));
	}

}
