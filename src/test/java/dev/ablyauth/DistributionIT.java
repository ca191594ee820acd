package dev.ablyauth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.TestLiveKeys;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The folder that {@code bin/package} makes, and its start script.
 */
class DistributionIT {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port ([0-9]+)");

	private static Path home;

	private static Path archive;

	@TempDir
	private Path folder;

	@BeforeAll
	static void make() throws IOException, InterruptedException {
		Skip.unless(System.getProperty("os.name").equals("Linux") && Files.isExecutable(Path.of("/usr/bin/curl")),
				"no Linux with curl, so no folder is packaged");
		String output = run(new ProcessBuilder("bin/package"));
		List<String> lines = output.lines().toList();
		archive = Path.of(lines.get(lines.size() - 1));
		home = Objects.requireNonNull(archive.getParent());
	}

	private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		Process process = builder.redirectErrorStream(true).start();
		process.onExit().orTimeout(5, TimeUnit.MINUTES).exceptionally((late) -> process.destroyForcibly());
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

	private static ProcessBuilder script(Path home, Path folder, String... arguments) {
		List<String> command = new ArrayList<>(List.of(home.resolve("bin/ably-auth-server").toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("ABLY") || name.startsWith("SPRING"));
		builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
		return builder;
	}

	@Test
	void folderThenHasWhatIsNeededAndNothingOfTheTraining() throws IOException, InterruptedException {
		assertThat(home).isDirectoryContaining("glob:**/jvm.options").isDirectoryContaining("glob:**/LICENSE");
		assertThat(home.resolve("sample/policy.yml")).isRegularFile();
		assertThat(home.resolve("systemd/ably-auth-server.service")).isRegularFile();
		assertThat(run(new ProcessBuilder("find", home.toString(), "-name", "*.db", "-o", "-name", "*.new*")))
			.isEmpty();
		assertThat(run(new ProcessBuilder("tar", "--list", "--file", home + ".tar.gz")))
			.contains("/bin/train\n", "/lib/", "/ably-auth-server.jar\n")
			.doesNotContain(archive.getFileName().toString());
		assertThat(Files.size(archive)).isGreaterThan(10_000_000);
	}

	@Test
	void jarThenSaysWhatIsInside() throws IOException {
		try (ZipFile jar = new ZipFile(PackagedJar.path().toFile());
				InputStream bom = jar.getInputStream(jar.getEntry("META-INF/sbom/ably-auth-server.cdx.json"))) {
			List<String> listed = new JsonMapper().readTree(bom)
				.path("components")
				.valueStream()
				.map((it) -> it.path("name").asString() + "-" + it.path("version").asString() + ".jar")
				.toList();
			List<String> there = jar.stream()
				.map(ZipEntry::getName)
				.filter((name) -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
				.map((name) -> name.substring("BOOT-INF/lib/".length()))
				.filter((name) -> !name.startsWith("spring-boot-jarmode-"))
				.toList();
			assertThat(listed).containsAll(there);
			assertThat(listed).noneMatch((it) -> it.startsWith("junit-jupiter") || it.startsWith("helm-java"));
		}
	}

	@Test
	void startThenIssuesFromTheArchiveAndEndsAtTheSignal() throws Exception {
		Files.writeString(this.folder.resolve("policy.yml"), TestServer.POLICY);
		TestLiveKeys.write(this.folder.resolve("key"), TestKeys.KEY);
		Path output = this.folder.resolve("server.log");
		ProcessBuilder builder = script(home, this.folder, "--server.port=0", "--ably-auth.keys[0].file=key",
				"--ably-auth.policy=file:policy.yml", "--ably-auth.sessions.jwt[0].issuer=" + TestServer.ISSUER,
				"--ably-auth.sessions.jwt[0].audiences=my-app",
				"--ably-auth.sessions.jwt[0].secret=" + TestServer.SECRET, "--ably-auth.ably.clock=own");
		builder.environment().put("JAVA_OPTS", "-Xmx256m -Xlog:class+load:file=classes.log");
		Process process = builder.redirectOutput(output.toFile()).start();
		try {
			Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> port(output) > 0 || !process.isAlive());
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(output) + "/api/ably-jwt"))
					.header("Authorization", "Bearer " + TestServer.ann())
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(Files.readString(this.folder.resolve("classes.log")))
				.containsPattern("dev\\.ablyauth\\.issuing\\.TokenIssuer source: shared objects file");
		}
		finally {
			process.destroy();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
	}

	private static int port(Path output) {
		try {
			Matcher port = PORT.matcher(Files.readString(output));
			return port.find() ? Integer.parseInt(port.group(1)) : 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void startWhenTheArchiveDoesNotFitThenAllTheSame() throws IOException, InterruptedException {
		Path copy = this.folder.resolve("copy");
		run(new ProcessBuilder("cp", "-a", home.toString(), copy.toString()));
		assertThat(run(script(copy, this.folder, "--version"))).contains("ably-auth-server ");
		Files.setLastModifiedTime(copy.resolve("ably-auth-server.jar"), FileTime.from(Instant.EPOCH));
		assertThat(run(script(copy, this.folder, "--version"))).contains("ably-auth-server ");
		Path broken = copy.resolve(archive.getFileName());
		Files.delete(broken);
		Files.writeString(broken, "no archive");
		assertThat(run(script(copy, this.folder, "--version"))).contains("ably-auth-server ");
		Files.delete(broken);
		assertThat(run(script(copy, this.folder, "--version"))).matches("ably-auth-server .*\\R");
	}

	@Test
	void startWhenByALinkAndFoldersHaveSpacesThenFound() throws IOException, InterruptedException {
		Path copy = this.folder.resolve("a folder");
		run(new ProcessBuilder("cp", "-a", home.toString(), copy.toString()));
		Files.move(copy.resolve(archive.getFileName()), this.folder.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), copy.resolve("bin/ably-auth-server"));
		ProcessBuilder builder = new ProcessBuilder(link.toString(), "--version").directory(this.folder.toFile());
		assertThat(run(builder)).matches("ably-auth-server .*\\R");
	}

	@Test
	void startWhenThereIsNoJavaThenOneLineSaysSo() throws IOException, InterruptedException {
		ProcessBuilder builder = script(home, this.folder, "--version");
		builder.environment().put("JAVA_HOME", this.folder.toString());
		Process process = builder.start();
		assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.isEqualTo("ably-auth-server: found no Java: set JAVA_HOME, or put java on the PATH\n");
		assertThat(process.waitFor()).isEqualTo(127);
	}

}
