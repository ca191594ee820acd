package dev.ablyauth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.TestLiveKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged jar starts with what it needs, and otherwise says in one line per problem
 * why not.
 */
class PackagedJarIT {

	@TempDir
	private Path folder;

	private PackagedJar jar;

	private String[] good;

	@BeforeEach
	void write() throws IOException {
		this.jar = new PackagedJar(this.folder);
		TestLiveKeys.write(this.folder.resolve("policy.yml"), TestServer.POLICY);
		TestLiveKeys.write(this.folder.resolve("key"), TestKeys.KEY + "\n");
		Files.writeString(this.folder.resolve("open-key"), TestKeys.KEY);
		this.good = new String[] { "server.port=0", "ably-auth.keys[0].file=key", "ably-auth.policy=file:policy.yml",
				"ably-auth.sessions.jwt[0].issuer=" + TestServer.ISSUER, "ably-auth.sessions.jwt[0].audiences=my-app",
				"ably-auth.sessions.jwt[0].secret=" + TestServer.SECRET, "ably-auth.ably.clock=own",
				"logging.structured.format.console=ecs" };
	}

	@Test
	void startWhenNothingIsSetThenOneLinePerMissingThing() {
		assertRefused(this.jar.run(),
				"ably-auth.keys: is missing, expected an Ably API key, such as ably-auth.keys[0].value",
				"ably-auth.policy: is missing, expected the policy file, such as file:./policy.yml",
				"ably-auth.sessions: is missing; nobody could prove who they are, set at least ably-auth.sessions.jwt");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {
			"ably-auth.keys[0].value=appid.keyid;ably-auth.keys[0].file: there is a value too",
			"ably-auth.keys[0].file=nowhere;ably-auth.keys[0].file: the file nowhere cannot be read",
			"ably-auth.keys[0].file=policy.yml;ably-auth.keys[0].file: the file policy.yml is not an Ably API key",
			"ably-auth.keys[0].file=open-key;ably-auth.keys[0].file: the file open-key is open to everybody on this machine",
			"ably-auth.keys[0].drain-until=2099-01-01T00:00:00Z;ably-auth.keys[0].drain-until: the first key signs for newcomers",
			"ably-auth.keys[0].drain-until=soon;ably-auth.keys[0].drain-until: the value cannot be read",
			"ably-auth.keys[0].capability={};ably-auth.keys[0].capability: must be a JSON object",
			"ably-auth.polcy=x;ably-auth.polcy: there is no such setting",
			"ably-auth.token.jitter=2;ably-auth.token.jitter: must be from 0 to 0.5",
			"ably-auth.token.min-ttl=soon;ably-auth.token.min-ttl: the value cannot be read",
			"ably-auth.token.min-ttl=1s;ably-auth.token.min-ttl: must be from 32s",
			"ably-auth.sessions.jwt[0].secret=${NO_SUCH_SECRET_VARIABLE_IN_HERE};ably-auth.sessions.jwt[0].secret: names a variable that is not set, found ${NO_SUCH_SECRET_VARIABLE_IN_HERE}",
			"ably-auth.sessions.jwt[0].required-claims.cognito:groups=a;ably-auth.sessions.jwt[0].required-claims.cognito:groups: write the name",
			"ably-auth.sessions.jwt[0].user-id=;ably-auth.sessions.jwt[0]: user-id, roles",
			"ably-auth.keys[1].value=other.key:abcdefghijkl;ably-auth.keys: belong to different Ably apps",
			"ably-auth.token.base-path=/actuator;ably-auth.token.base-path: must be a path",
			"ably-auth.policy=http://127.0.0.1:1/policy.yml;ably-auth.policy: the policy http:",
			"ably-auth.policy=file:nowhere.yml;ably-auth.policy: the policy file:nowhere.yml cannot be read",
			"ably-auth.sessions.jwt[0].secret=short;ably-auth.sessions.jwt[0].secret: is shorter than 32 bytes",
			"ably-auth.sessions.jwt[0].algorithms=RS256;ably-auth.sessions.jwt[0].algorithms: with a secret",
			"ably-auth.web.allowed-origins=*;ably-auth.web.allowed-origins: \"*\" is no origin",
			"ably-auth.web.trusted-proxies=x;ably-auth.web.trusted-proxies: \"x\" is no address",
			"ably-auth.admin.token-hashes=my-token;ably-auth.admin.token-hashes[0]: must be sha256:",
			"ably-auth.admin.jwt.issuers=x;ably-auth.admin.jwt.issuers: there is no such setting",
			"ably-auth.ably.rest-url=http://example.com;ably-auth.ably.rest-url: must be https",
			"ably-auth.ably.additional-operations=*;ably-auth.ably.additional-operations: \"*\" cannot be" })
	void startWhenOneSettingIsWrongThenOneLineNamesIt(String setting, String message) {
		PackagedJar.Ended ended = this.jar.run(with(setting));
		assertThat(ended.lines()).as(ended.output()).singleElement().asString().startsWith(message);
		assertThat(ended.exitCode()).isNotZero();
	}

	@Test
	void startWhenKeyIsSampleThenRefused() {
		String[] settings = with(
				"ably-auth.keys[0].value=sample.devkey:made-up-for-the-dev-mode-Ably-does-not-know-it");
		settings[1] = "ably-auth.token.jitter=0.1";
		assertRefused(this.jar.run(settings),
				"ably-auth.keys[0]: is the made-up key of the dev mode, expected one of your Ably app");
	}

	@Test
	void startWhenPolicyHasErrorsThenEachWithItsLine() throws IOException {
		Files.writeString(this.folder.resolve("policy.yml"),
				"rules:\n  - name: a\n    grnt: []\n    grant: [{channel: 'x:{claims.a}*', operations: publish}]\n");
		assertRefused(this.jar.run(this.good),
				"file:policy.yml: line 3, column 5: unknown key \"grnt\", expected one of name, when, deny,"
						+ " allow-leading-placeholder, grant, revocation-key, user-claims, room-claims, publish-limits,"
						+ " client-type, ttl, format, wildcard-client-id; did you mean \"grant\"?",
				"file:policy.yml: line 4, column 23: \"x:{claims.a}*\" has a placeholder next to *, [ or ]");
	}

	@Test
	void startWhenTheSettingsAreNoYamlThenOneLineSaysWhere() throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), "ably-auth:\n  keys: [ secret-secret\nx: y\n");
		PackagedJar.Ended ended = this.jar.run(this.good);
		assertThat(ended.lines()).as(ended.output())
			.singleElement()
			.asString()
			.startsWith("application.yml: is not YAML: ")
			.contains("line 3")
			.doesNotContain("secret-secret");
		assertThat(ended.exitCode()).isNotZero();
	}

	@Test
	void startWhenDevProfileThenStillNoDevMode() {
		assertThat(this.jar.run("spring.profiles.active=dev").exitCode()).isNotZero();
	}

	@Test
	void jarThenHasNothingOfTheDevMode() throws IOException {
		try (JarFile file = new JarFile(PackagedJar.path().toFile())) {
			assertThat(file.stream().map((entry) -> entry.getName()))
				.noneMatch((name) -> name.contains("devmode") || name.contains("application-dev"));
		}
	}

	@Test
	void plainJarThenHasNoSettingsAndServesTokensInsideOfAnotherApp() throws Exception {
		try (JarFile file = new JarFile(PackagedJar.plainPath().toFile())) {
			assertThat(file.stream().map((entry) -> entry.getName()))
				.noneMatch((name) -> name.startsWith("application"))
				.contains("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
		}
		Path output = this.folder.resolve("app.log");
		Process process = this.jar.startApp("com.example.sampleapp.SampleApp", output, "server.port=0",
				"ably-auth.keys[0].file=key", "ably-auth.policy=file:policy.yml");
		try {
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(process, output) + "/api/ably-jwt"))
					.header("Authorization",
							"Basic " + Base64.getEncoder()
								.encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8)))
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			assertThat(answer.body().split("\\.")).hasSize(3);
		}
		finally {
			process.destroy();
			process.waitFor();
		}
	}

	@Test
	void startWhenAllIsSetThenIssuesAndLogsAsEcs() throws Exception {
		Path output = this.folder.resolve("server.log");
		Process process = this.jar.start(output, this.good);
		try {
			int port = port(process, output);
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/ably-jwt"))
				.header("Authorization", "Bearer " + TestServer.ann())
				.build();
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(PackagedJar.serverLines(Files.readString(output)))
				.allSatisfy((line) -> assertThat(line).startsWith("{\"@timestamp\":"))
				.anySatisfy((line) -> assertThat(line).contains("\"audit\":{\"decision\":\"issued\",\"user\":\"ann\""));
			assertThat(Files.readString(output))
				.doesNotContain(answer.body().substring(answer.body().lastIndexOf('.')));
		}
		finally {
			process.destroy();
			assertThat(process.waitFor()).isZero();
		}
	}

	@Test
	void commandWhenGivenThenAnswersAndStartsNoServer() throws IOException {
		JsonNode vectors = new JsonMapper().readTree(getClass().getResourceAsStream("/ably-vectors.json"));
		String jwt = vectors.at("/jwts/2/jwt").asString();
		PackagedJar.Ended ended = this.jar.command(jwt, "inspect", "-", "--key-file", "key");
		assertThat(ended.output()).startsWith("Ably JWT, ")
			.contains("  signature        valid",
					"all channels below chat, any depth: history, presence, publish, subscribe", "It expired ")
			.doesNotContain("Tomcat");
		assertThat(ended.exitCode()).isEqualTo(1);
		assertThat(Files.readString(this.folder.resolve("errors.log"))).isEmpty();
		assertThat(this.jar.command("", "--version").output()).matches("ably-auth-server [0-9].*\\R");
	}

	private static int port(Process process, Path output) throws Exception {
		Pattern started = Pattern.compile("Tomcat started on port ([0-9]+)");
		for (int looks = 0; looks < 1200 && process.isAlive(); looks++) {
			Matcher matcher = started.matcher(Files.readString(output));
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
			process.waitFor(50, TimeUnit.MILLISECONDS);
		}
		throw new IllegalStateException(Files.readString(output));
	}

	private String[] with(String setting) {
		List<String> all = new ArrayList<>(List.of(this.good));
		all.removeIf((other) -> other.startsWith(setting.substring(0, setting.indexOf('=') + 1)));
		all.add(setting);
		return all.toArray(String[]::new);
	}

	private static void assertRefused(PackagedJar.Ended ended, String... lines) {
		assertThat(ended.lines()).containsExactly(lines);
		assertThat(ended.exitCode()).isNotZero();
		assertThat(ended.output()).doesNotContain("Exception", "\tat ");
	}

}
