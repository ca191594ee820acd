package dev.ablyauth.cli;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.auth0.jwt.JWT;
import dev.ablyauth.AuthServerApplication;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.revocation.DenyListProperties;
import dev.ablyauth.session.SessionServer;
import dev.ablyauth.standin.AblyStandIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands with the settings of a server, each in a process of its own, in a folder with
 * an application.yml.
 */
class SettingsCommandsTests {

	private static final String SETTINGS = """
			ably-auth:
			  keys:
			    - value: %s
			      capability: '{"team:*":["*"]}'
			  policy: file:./policy.yml
			  token: {jitter: 0}
			  ably: {rest-url: "%s"}
			  sessions:
			    jwt:
			      - {issuer: "%s", audiences: my-app, secret: "%s"}
			""";

	private static final String POLICY = TestServer.POLICY
			+ "tests: [{name: t, user: {id: ann, roles: [member], claims: {team: red, suspended: false}}, refused: false}]\n";

	/** What JVMs from 24 on say about protobuf, which CEL brings along. */
	private static final Pattern OF_PROTOBUF = Pattern
		.compile("(?m)^WARNING: .*(sun\\.misc\\.Unsafe|com\\.google\\.protobuf).*\\R");

	@TempDir
	private Path folder;

	@BeforeEach
	void write() throws IOException {
		settings("http://127.0.0.1:9");
		file("policy.yml", POLICY);
		DenyListProperties list = new DenyListProperties("jdbc:sqlite:" + list(), null, null, Duration.ofSeconds(60));
		assertThat(list.problems("list")).isEmpty();
	}

	private Path list() {
		return this.folder.resolve("data/ably-auth.db");
	}

	private void settings(String ably) throws IOException {
		file("application.yml", SETTINGS.formatted(TestKeys.KEY, ably, TestServer.ISSUER, TestServer.SECRET));
	}

	private void file(String name, String text) throws IOException {
		Files.writeString(this.folder.resolve(name), text);
		Files.setPosixFilePermissions(this.folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
	}

	@Test
	void mintThenTheTokenAloneOnStandardOutputAndTheAuditLineOnStandardError() throws Exception {
		assertThat(run("", "mint", "ann", "--format", "jwt")).isZero();
		assertThat(JWT.decode(text("out").strip()).getClaim("x-ably-capability").asString())
			.isEqualTo("{\"team:red:*\":[\"history\",\"presence\",\"publish\",\"subscribe\"]}");
		assertThat(text("err")).startsWith("decision=issued user=ann").hasLineCount(1);
		assertThat(run("", "mint", "eve", "--claim", "x=y", "--json", "--setting", "ably-auth.token.min-ttl=2m"))
			.isEqualTo(1);
		assertThat(json().get("reason").asString()).isEqualTo("key-allows-nothing");
	}

	@Test
	void explainWhenATokenOfTheAppIsPastedThenItsUserWithKeyAndSize() throws Exception {
		assertThat(run(TestServer.ann() + "\n", "policy", "explain", "--session", "-")).isZero();
		assertThat(text("out")).contains("Given by the policy, and not allowed by the key:", "notify:ann",
				"Issued as jwt of ", "the limit of: session", "Signed by the key " + TestKeys.KEY_NAME);
		assertThat(text("err")).isEmpty();
		assertThat(run("", "policy", "explain", "--session", "a.b.c")).isEqualTo(2);
		assertThat(text("err")).contains("no token that a session kind");
	}

	@Test
	void canThenTheKeyHasASayToo() throws Exception {
		assertThat(run("", "can", "ann", "publish", "team:red:x")).isZero();
		assertThat(text("out")).isEqualTo("Yes. Given by members." + System.lineSeparator());
		assertThat(run("", "can", "ann", "subscribe", "notify:ann")).isEqualTo(1);
		assertThat(text("out")).contains("the API key does not allow it");
	}

	@Test
	void canWhenAblyIsAskedWhatTheKeyMayDoThenItsAnswerIsWaitedFor() throws Exception {
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET,
				"{\"team:red:x\":[\"publish\"]}")) {
			settings("http://127.0.0.1:" + ably.port());
			String discover = "ably-auth.ably.discover-key-capability=true";
			assertThat(run("", "can", "ann", "publish", "team:red:x", "--setting", discover)).as(text("err")).isZero();
			assertThat(run("", "can", "ann", "publish", "team:red:y", "--setting", discover)).isEqualTo(1);
			assertThat(text("out")).contains("the API key does not allow it");
		}
		assertThat(run("", "can", "ann", "publish", "team:red:y", "--setting",
				"ably-auth.ably.discover-key-capability=true", "--setting",
				"ably-auth.ably.rest-url=http://127.0.0.1:9"))
			.isZero();
		assertThat(text("err")).contains("Ably does not say what the keys may do");
	}

	@Test
	void doctorWhenAllIsWellThenEachLineIsFine() throws Exception {
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}")) {
			settings("http://127.0.0.1:" + ably.port());
			assertThat(run("", "doctor")).as(text("out") + text("err")).isZero();
		}
		assertThat(text("out").lines().map((line) -> line.substring(0, 18).strip().replaceAll(" +", " ")))
			.containsExactly("ok settings", "ok key", "ok clock", "ok issuer", "ok policy", "ok file", "ok file",
					"ok file");
		assertThat(text("out")).doesNotContain(TestKeys.KEY_SECRET, TestServer.SECRET);
	}

	@Test
	void doctorWhenOthersCanReadTheDenyListOrThereIsNoneThenAWarning() throws Exception {
		Files.setPosixFilePermissions(list(), PosixFilePermissions.fromString("rw-r-----"));
		run("", "doctor");
		assertThat(text("out"))
			.containsPattern("warning +file +" + list() + ", rw-r-----: others than its owner can read it");
		Files.delete(list());
		run("", "doctor");
		assertThat(text("out")).containsPattern("warning +deny-list there is none at " + list());
		assertThat(list()).doesNotExist();
	}

	/** A list that only a command knows would be one that no server reads. */
	@Test
	void mintWhenThereIsNoDenyListThenSaidAndNoneIsMade() throws Exception {
		Files.delete(list());
		Files.delete(list().getParent());
		int exitCode = run("", "mint", "ann");
		assertThat(exitCode).as(text("out") + text("err")).isZero();
		assertThat(text("err")).contains("There is no deny-list at " + list() + ", so nobody counts as denied.");
		assertThat(list().getParent()).doesNotExist();
	}

	@Test
	void doctorWhenServicesKnowTheSessionsThenTheyAreAskedToo() throws Exception {
		try (SessionServer app = SessionServer.start(SessionServer.json(401, "{}"))) {
			assertThat(run("", "doctor", "--setting", "ably-auth.sessions.forward.url=" + app.uri("/me"), "--setting",
					"ably-auth.sessions.forward.user-id-prefix=app-"))
				.isEqualTo(1);
			assertThat(text("out")).containsPattern(
					"ok +sessions +forward at http://127.0.0.1:[0-9]+/me, and a made-up credential is nobody's");
			app.behave(SessionServer.json(500, "{}"));
			run("", "doctor", "--setting", "ably-auth.sessions.forward.url=" + app.uri("/me"), "--setting",
					"ably-auth.sessions.forward.user-id-prefix=app-");
			assertThat(text("out"))
				.containsPattern("problem +sessions +forward at http://127.0.0.1:[0-9]+/me: answers 500");
		}
	}

	@Test
	void doctorWhenThingsAreWrongThenOneAndEachIsNamed() throws Exception {
		Files.setPosixFilePermissions(this.folder.resolve("application.yml"),
				PosixFilePermissions.fromString("rw-r--r--"));
		Files.setPosixFilePermissions(this.folder.resolve("policy.yml"), PosixFilePermissions.fromString("rw-rw-rw-"));
		assertThat(
				run("", "doctor", "--json", "--setting", "ably-auth.sessions.jwt[0].issuer=https://login.example.com/",
						"--setting", "ably-auth.sessions.jwt[0].audiences=a", "--setting",
						"ably-auth.sessions.jwt[0].jwks-uri=http://127.0.0.1:9/jwks"))
			.isEqualTo(1);
		assertThat(json().get("checks").toString()).contains("Ably cannot be asked",
				"everybody on this machine can read it", "others than its owner can change it",
				"127.0.0.1:9/jwks cannot be reached");
	}

	@Test
	void commandWhenASettingIsWrongThenItsNameAndNoTrace() throws Exception {
		assertThat(run("", "mint", "ann", "--setting", "ably-auth.tokn.jitter=0")).isEqualTo(2);
		assertThat(text("err")).isEqualTo("ably-auth.tokn.jitter: there is no such setting" + System.lineSeparator());
		assertThat(text("out")).isEmpty();
	}

	private int run(String input, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", classPath(), AuthServerApplication.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile())
			.redirectInput(Files.writeString(this.folder.resolve("in"), input).toFile())
			.redirectOutput(this.folder.resolve("out").toFile())
			.redirectError(this.folder.resolve("err").toFile());
		builder.environment()
			.keySet()
			.removeIf((name) -> name.endsWith("JAVA_OPTIONS") || name.endsWith("TOOL_OPTIONS"));
		Process process = builder.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	/** Without the tests, which bring settings of their own for logging. */
	private static String classPath() {
		Stream<String> all = (AuthServerApplication.class.getClassLoader() instanceof URLClassLoader loader)
				? Stream.of(loader.getURLs()).map(URL::getPath)
				: Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
		return all.filter((entry) -> !entry.contains("test-classes") && !entry.matches(".*/test/?"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private String text(String name) throws IOException {
		Path file = this.folder.resolve(name);
		return Files.exists(file) ? OF_PROTOBUF.matcher(Files.readString(file)).replaceAll("") : "";
	}

	private JsonNode json() throws IOException {
		return new JsonMapper().readTree(text("out"));
	}

}
