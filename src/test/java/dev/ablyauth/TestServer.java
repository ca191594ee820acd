package dev.ablyauth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.revocation.DenyList;
import dev.ablyauth.revocation.TokenKeys;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The real server on a free port of the loopback, with the settings that a test states,
 * and an app that signs its users in by a shared secret.
 */
public final class TestServer implements AutoCloseable {

	/** A header that makes a filter of the tests fail, as a bug would. */
	public static final String BREAK = "X-Break";

	/** The origin that may read answers. */
	public static final String ORIGIN = "https://app.example.com";

	/** The issuer of the app's session tokens. */
	public static final String ISSUER = "https://login.example.com/";

	/** The secret of the app's session tokens. */
	public static final String SECRET = "canary-app-secret-of-more-than-32-bytes";

	/** A policy that gives members their team and everybody a mailbox. */
	public static final String POLICY = """
			rules:
			  - name: members
			    when: '"member" in user.roles'
			    grant:
			      - chat: "team:{claims.team}:*"
			        features: [send, receive, history, presence]
			  - name: mailbox
			    when: '!("nothing" in user.roles)'
			    grant:
			      - channel: "notify:{user.id}"
			        operations: [subscribe, history]
			  - name: suspended
			    when: 'has(claims.suspended) && claims.suspended == true'
			    deny: "Your account is suspended."
			""";

	private final ConfigurableApplicationContext context;

	private TestServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts the server with the usual settings.
	 * @param settings more of them, as {@code name=value}
	 * @return the running server
	 */
	public static TestServer start(String... settings) {
		return startWith(POLICY, settings);
	}

	/**
	 * Starts the server with a policy of its own.
	 * @param policy the text of the policy
	 * @param settings more settings, as {@code name=value}
	 * @return the running server
	 */
	public static TestServer startWith(String policy, String... settings) {
		return ready(breakable().run(arguments(policy, settings)));
	}

	/**
	 * Starts the server without some of the usual settings.
	 * @param prefix how the settings begin that are left out
	 * @param settings more settings, as {@code name=value}
	 * @return the running server
	 */
	public static TestServer startWithout(String prefix, String... settings) {
		return ready(breakable().run(Stream.of(arguments(POLICY, settings))
			.filter((argument) -> !argument.startsWith("--" + prefix))
			.toArray(String[]::new)));
	}

	/**
	 * Starts the server with revocations that a test makes up.
	 * @param revocations what tokens must not fall under
	 * @param settings more settings, as {@code name=value}
	 * @return the running server
	 */
	public static TestServer startWith(RecentRevocations revocations, String... settings) {
		SpringApplication application = breakable();
		application.addInitializers((context) -> ((GenericApplicationContext) context).registerBean("testRevocations",
				RecentRevocations.class, () -> revocations, (bean) -> bean.setPrimary(true)));
		return ready(application.run(arguments(POLICY, settings)));
	}

	private static TestServer ready(ConfigurableApplicationContext context) {
		context.getBean(DenyList.class).await(Duration.ofSeconds(5));
		return new TestServer(context);
	}

	/**
	 * Returns what the server is started with.
	 * @param policy the text of the policy
	 * @param settings more settings, as {@code name=value}
	 * @return the arguments of its process
	 */
	public static String[] arguments(String policy, String... settings) {
		List<String> args = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--spring.main.log-startup-info=false", "--spring.config.location=optional:classpath:/",
				"--ably-auth.keys[0].value=" + TestKeys.KEY, "--ably-auth.policy=file:" + write(policy),
				"--ably-auth.sessions.jwt[0].issuer=" + ISSUER, "--ably-auth.sessions.jwt[0].audiences=my-app",
				"--ably-auth.sessions.jwt[0].secret=" + SECRET, "--ably-auth.sessions.jwt[0].cookie-name=session",
				"--ably-auth.web.allowed-origins=" + ORIGIN, "--ably-auth.deny-list.url=" + TestFiles.denyList(),
				"--ably-auth.ably.clock=own", "--ably-auth.rate-limit.per-user=none"));
		for (String setting : settings) {
			args.removeIf((arg) -> arg.startsWith("--" + setting.substring(0, setting.indexOf('=') + 1)));
			args.add("--" + setting);
		}
		return args.toArray(String[]::new);
	}

	private static SpringApplication breakable() {
		SpringApplication application = AuthServerApplication.application();
		application.addInitializers((context) -> ((GenericApplicationContext) context).registerBean("breakingFilter",
				Filter.class, () -> (request, response, chain) -> {
					if (((HttpServletRequest) request).getHeader(BREAK) != null) {
						throw new IllegalStateException("broken on purpose, secret-in-exception-0123456789");
					}
					chain.doFilter(request, response);
				}));
		return application;
	}

	/**
	 * Starts the server as {@code ./mvnw spring-boot:run} does.
	 * @return the running server
	 */
	public static TestServer startDevMode() {
		return new TestServer(AuthServerApplication.application()
			.run("--server.port=0", "--spring.profiles.active=dev", "--spring.config.location=optional:classpath:/",
					"--ably-auth.ably.clock=own"));
	}

	private static Path write(String policy) {
		try {
			Path file = Files.createTempFile("policy", ".yml");
			file.toFile().deleteOnExit();
			return Files.writeString(file, policy, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns an address of the server.
	 * @param path with query
	 * @return the address
	 */
	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	/**
	 * Returns where the server listens.
	 * @return its port
	 */
	public int port() {
		return Objects.requireNonNull(((ServletWebServerApplicationContext) this.context).getWebServer()).getPort();
	}

	/**
	 * Returns an address at {@code management.server.port}.
	 * @param path with query
	 * @return the address
	 */
	public URI managementUri(String path) {
		return URI
			.create("http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.management.port") + path);
	}

	/**
	 * Returns what revokes the tokens of the server's keys.
	 * @return one for each key whose tokens can be revoked
	 */
	public List<TokenRevoker> revokers() {
		return List.copyOf(this.context.getBean(TokenKeys.class).revokers().values());
	}

	/**
	 * Returns one of several parts of a kind.
	 * @param name of the bean
	 * @param type of the part
	 * @param <T> the same
	 * @return the bean
	 */
	public <T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/**
	 * Returns a part of the server.
	 * @param type of the part
	 * @param <T> the same
	 * @return the bean
	 */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Returns all meters of the server.
	 * @return names, tags and values
	 */
	public String meters() {
		StringBuilder text = new StringBuilder();
		this.context.getBean(MeterRegistry.class)
			.forEachMeter((meter) -> text.append(meter.getId()).append(meter.measure()).append('\n'));
		return text.toString();
	}

	/**
	 * Signs a user of the app in.
	 * @param user the id
	 * @param claims more claims of the session
	 * @return a session token that lives for an hour
	 */
	public static String session(String user, Map<String, ?> claims) {
		return session(user, claims, Duration.ofHours(1));
	}

	/**
	 * Signs a user of the app in.
	 * @param user the id
	 * @param claims more claims of the session
	 * @param life how long the session lives, perhaps less than nothing
	 * @return a session token
	 */
	public static String session(String user, Map<String, ?> claims, Duration life) {
		JWTCreator.Builder token = JWT.create()
			.withPayload(claims)
			.withIssuer(ISSUER)
			.withAudience("my-app")
			.withSubject(user)
			.withExpiresAt(Instant.now().plus(life));
		return token.sign(Algorithm.HMAC256(SECRET));
	}

	/**
	 * Returns the session token of a member of the team red.
	 * @return a session token
	 */
	public static String ann() {
		return session("ann", Map.of("roles", List.of("member"), "team", "red"));
	}

	@Override
	public void close() {
		this.context.close();
	}

}
