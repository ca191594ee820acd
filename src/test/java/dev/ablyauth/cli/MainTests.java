package dev.ablyauth.cli;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.ablyauth.AuthServerApplication;
import dev.ablyauth.ably.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code main} in a process of its own: streams, exit codes, and no Spring.
 */
class MainTests {

	private static final long LONGEST_SECONDS = 60;

	@TempDir
	private Path folder;

	@Test
	void mainWhenTokenIsReadFromStandardInputThenOnlyTheAnswerIsOnStandardOutput() throws Exception {
		// Issued years ago, in any year that this is run.
		assertThat(run(TestTokens.jwt("\"x-ably-clientId\":\"\u00e9\""), "inspect", "-")).isEqualTo(1);
		assertThat(text("out")).startsWith("Ably JWT, ")
			.contains("signature        valid", "\"\u00e9\"", "It expired ");
		assertThat(text("err")).isEmpty();
	}

	@Test
	void mainWhenTokenIsUnreadableThenTwoAndNothingOnStandardOutput() throws Exception {
		assertThat(run("", "inspect", "nothing")).isEqualTo(2);
		assertThat(text("out")).isEmpty();
		assertThat(text("err")).startsWith("This is no Ably JWT").hasLineCount(1);
	}

	@Test
	void mainWhenCommandIsGivenThenNeitherSpringNorItsLoggingIsStarted() throws Exception {
		assertThat(run("", "--version")).isZero();
		assertThat(text("out")).startsWith("ably-auth-server ");
		assertThat(text("classes")).contains("dev.ablyauth.cli.Commands ")
			.doesNotContain("org.springframework.boot.SpringApplication ", "org.springframework.context.",
					"ch.qos.logback.");
	}

	private int run(String input, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-Xlog:class+load:file=" + this.folder.resolve("classes"), "-cp", classPath(),
						AuthServerApplication.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command)
			.redirectInput(Files.writeString(this.folder.resolve("in"), input).toFile())
			.redirectOutput(this.folder.resolve("out").toFile())
			.redirectError(this.folder.resolve("err").toFile());
		builder.environment().put("ABLY_API_KEY", TestKeys.KEY);
		builder.environment()
			.keySet()
			.removeIf((name) -> name.endsWith("JAVA_OPTIONS") || name.endsWith("TOOL_OPTIONS"));
		Process process = builder.start();
		assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	/** Some launchers of tests have a class loader of their own. */
	private static String classPath() {
		if (AuthServerApplication.class.getClassLoader() instanceof URLClassLoader loader) {
			return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
		}
		return System.getProperty("java.class.path");
	}

	private String text(String file) throws IOException {
		return Files.readString(this.folder.resolve(file));
	}

}
