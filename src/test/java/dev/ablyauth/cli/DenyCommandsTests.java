package dev.ablyauth.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.ablyauth.AuthServerApplication;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Denying at the command line, beside a server that uses the same file.
 */
class DenyCommandsTests {

	private static final JsonMapper JSON = new JsonMapper();

	@TempDir
	private Path folder;

	@BeforeEach
	void write() throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), """
				ably-auth:
				  keys: [{value: %s}]
				  policy: file:./policy.yml
				  deny-list: {url: "jdbc:sqlite:%s"}
				  sessions: {jwt: [{issuer: "%s", audiences: my-app, secret: "%s"}]}
				""".formatted(TestKeys.KEY, file(), TestServer.ISSUER, TestServer.SECRET));
		Files.writeString(this.folder.resolve("policy.yml"), TestServer.POLICY);
	}

	private Path file() {
		return this.folder.resolve("list.db");
	}

	@Test
	void denyDeniedAndAllowThenTheServerBesideItKnowsSoon() throws Exception {
		try (TestServer server = TestServer.start("ably-auth.deny-list.url=jdbc:sqlite:" + file())) {
			assertThat(token(server, "ann")).isEqualTo(200);
			JsonNode denied = json(0, "deny", "userId", "ann", "--reason", "spam", "--for", "1h", "--author", "olga",
					"--json");
			String id = denied.get("id").asString();
			assertThat(denied.get("author").asString()).isEqualTo("command-line:olga");
			assertThat(denied.has("tokensEndBy")).isTrue();
			await(server, "ann", 403);
			assertThat(json(0, "denied", "userId", "ann", "--json").get("denials").get(0).get("id").asString())
				.isEqualTo(id);
			assertThat(run(1, "mint", "ann")).contains("This user is denied.");
			assertThat(run(0, "allow", id)).contains("Ended: " + id, "by command-line:");
			await(server, "ann", 200);
			assertThat(run(0, "denied")).isEqualTo("Nobody.");
			assertThat(run(0, "denied", "--all")).contains(id, "userId:ann", "(spam)");
			List<String> export = run(0, "denied", "--export").lines().toList();
			assertThat(export).hasSize(2);
			assertThat(JSON.readTree(export.get(0)).get("id").asString()).isEqualTo(id);
			assertThat(JSON.readTree(export.get(1))).isEqualTo(JSON.readTree("{\"complete\":true,\"count\":1}"));
			assertThat(run(0, "denied", "--export", "--active").lines()).hasSize(1);
			assertThat(run(1, "allow", "0".repeat(32))).contains("There is none.");
		}
	}

	/** The command only writes; the server beside it sends. */
	@Test
	void revokeThenAServerBesideItSendsItToAbly() throws Exception {
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable());
				TestServer server = TestServer.start("ably-auth.deny-list.url=jdbc:sqlite:" + file(),
						"ably-auth.keys[0].revocable-tokens=true",
						"ably-auth.ably.rest-url=http://127.0.0.1:" + ably.port())) {
			String[] revocable = revocable(ably.port());
			assertThat(run(0, with(revocable, "revoke", "clientId", "bob", "--margin")))
				.contains("clientId:bob at the key " + TestKeys.KEY_NAME + ": written, a server sends it to Ably");
			ably.awaitRevocations(1);
			assertThat(run(0,
					with(revocable, "deny", "userId", "ann", "--reason", "spam", "--revoke", "--client-id",
							"ann-phone")))
				.contains("Denied userId:ann", "clientId:ann-phone at the key", "written, a server sends it to Ably");
			ably.awaitRevocations(2);
			await(server, "ann", 403);
			assertThat(run(0, with(revocable, "revoke", "address", "192.0.2.7")))
				.contains("nothing that Ably could revoke");
		}
	}

	/** The clock of the command may be wrong, and then its revocation would be too. */
	@Test
	void revokeThenBySecondsOfAblysTimeOrWithAWarning() throws Exception {
		TestServer.start("ably-auth.deny-list.url=jdbc:sqlite:" + file()).close();
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20));
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable().on(ahead))) {
			Instant begun = ahead.instant();
			run(0, with(revocable(ably.port()), "revoke", "clientId", "ann"));
			run(0, with(revocable(ably.port()), "deny", "userId", "ann", "--reason", "spam", "--revoke"));
			assertThat(seconds()).hasSize(2)
				.allSatisfy((second) -> assertThat(second).isBetween(begun, ahead.instant().plusSeconds(2)));
			assertThat(err()).doesNotContain("time");
		}
		run(0, with(revocable(1), "revoke", "clientId", "bob"));
		assertThat(err()).contains("Ably does not say what time it is");
		run(0, with(revocable(1), "revoke", "clientId", "carl", "--setting", "ably-auth.ably.clock=own"));
		assertThat(err()).doesNotContain("time");
	}

	private List<Instant> seconds() {
		return JdbcClient.create(new DriverManagerDataSource("jdbc:sqlite:" + file()))
			.sql("select issued_before from ably_auth_revocation_target")
			.query((row, index) -> Instant.ofEpochMilli(row.getLong(1)))
			.list();
	}

	private String err() throws IOException {
		return Files.readString(this.folder.resolve("err"));
	}

	private static String[] revocable(int ably) {
		return new String[] { "--setting", "ably-auth.keys[0].revocable-tokens=true", "--setting",
				"ably-auth.keys[0].value=" + TestKeys.KEY, "--setting",
				"ably-auth.ably.rest-url=http://127.0.0.1:" + ably };
	}

	private static String[] with(String[] more, String... command) {
		return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "revoke channel x; KIND: must be", "revoke clientId *; VALUE: must not contain *",
					"deny channel x --reason r; KIND: must be", "deny clientId * --reason r; VALUE: must not contain *",
					"deny userId ann; --reason",
					"deny userId ann --reason r --client-id b; --client-id: has no effect without --revoke",
					"deny userId ann --reason r --revoke --client-id *; --client-id: must not contain *",
					"deny userId ann --reason r --for soon; soon",
					"deny userId ann --reason r --for 7000000; --for: needs a unit, such as 30m or 7d",
					"deny userId ann --reason r --until soon; --until: must be a time",
					"deny userId ann --reason r --for 1h --until 2030-01-01T00:00:00Z; expected one of them",
					"allow x; ID: must be 32", "allow; ID", "denied --limit 0; --limit: must be 1 to 1000",
					"denied userId a b; b", "denied --export --limit 5; --export: is of all" })
	void commandWhenItCannotBeReadThenUsageAndNothingOpened(String line, String message) {
		CommandRun.Ended ended = new CommandRun().run(line.strip().split(" "));
		assertThat(ended.exitCode()).isEqualTo(2);
		assertThat(ended.err()).contains(message.strip());
	}

	@ParameterizedTest
	@ValueSource(strings = { "deny userId ann --reason r", "allow 0123456789abcdef0123456789abcdef", "denied",
			"revoke userId ann" })
	void commandWhenThereIsNoDenyListThenNoneIsMadeAndThePlaceIsNamed(String line) throws Exception {
		assertThat(run(2, line.split(" "))).isEmpty();
		assertThat(Files.readString(this.folder.resolve("err"))).contains("There is no deny-list at " + file(),
				"Run it in the folder where the server is started");
		assertThat(file()).doesNotExist();
	}

	private static void await(TestServer server, String user, int status) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
		while (token(server, user) != status && System.nanoTime() < end) {
			Thread.sleep(50);
		}
		assertThat(token(server, user)).isEqualTo(status);
	}

	private static int token(TestServer server, String user) throws Exception {
		URI uri = server.uri("/api/ably-jwt");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri)
				.header("Authorization", "Bearer " + TestServer.session(user, Map.of()))
				.build(), HttpResponse.BodyHandlers.discarding())
			.statusCode();
	}

	private JsonNode json(int exitCode, String... arguments) throws Exception {
		return JSON.readTree(run(exitCode, arguments));
	}

	private String run(int exitCode, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						AuthServerApplication.class.getName()));
		command.addAll(List.of(arguments));
		Path out = this.folder.resolve("out");
		Path err = this.folder.resolve("err");
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectOutput(out.toFile())
			.redirectError(err.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("ABLY") || name.startsWith("SPRING"));
		Process process = builder.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(exitCode);
		return Files.readString(out).strip();
	}

}
