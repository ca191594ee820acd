package dev.ablyauth.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * No token leaves whose audit line was not written, if the settings say so.
 */
class RequiredAuditTests {

	@TempDir
	private Path folder;

	@Test
	void issuedThenTheLineIsInTheFileBeforeTheAnswerIsOut() throws IOException {
		try (TestServer server = server("ably-auth.audit.required=true")) {
			for (int i = 1; i <= 20; i++) {
				String jti = Answers.assertJwt(ask(server)).getId();
				assertThat(lines()).hasSize(i).last().asString().contains(" decision=issued user=ann ", " jti=" + jti);
			}
			ask(server, TestServer.session("eve", Map.of("suspended", true)));
			assertThat(lines()).hasSize(21)
				.last()
				.asString()
				.matches("20[0-9T:.-]+Z decision=refused reason=denied-by-rule .*");
		}
	}

	/** The next file cannot be begun, as on a disk that is full. */
	@Test
	void issuedWhenTheFileCannotBeWrittenThen503UntilItCan() throws IOException {
		try (TestServer server = server("ably-auth.audit.required=true")) {
			int before = untilFull(server);
			for (int i = 0; i < 5; i++) {
				for (String path : List.of("/api/ably-jwt", "/api/ably-token-request", "/api/ably-token")) {
					Answers.assertRefused(Http.get(server.uri(path), "Authorization", "Bearer " + TestServer.ann()),
							503, 50005);
				}
				Answers.assertRefused(ask(server, "nonsense"), 401, 40100);
			}
			Files.delete(blocked());
			Files.delete(blocked().getParent());
			Answers.assertJwt(ask(server));
			assertThat(lines()).hasSize(1);
			assertThat(Files.readAllLines(this.folder.resolve("audit.log.1"))).hasSize(before);
		}
	}

	@Test
	void issuedWhenTheFolderIsRemovedAfterALineThen503UntilItIsBack() throws IOException {
		Path removed = Files.createDirectory(this.folder.resolve("removed"));
		try (TestServer server = server("ably-auth.audit.required=true",
				"ably-auth.audit.file=" + removed.resolve("audit.log"))) {
			Answers.assertJwt(ask(server));
			Files.delete(removed.resolve("audit.log"));
			Files.delete(removed);
			Answers.assertRefused(ask(server), 503, 50005);
			Files.createDirectory(removed);
			Answers.assertJwt(ask(server));
			assertThat(Files.readAllLines(removed.resolve("audit.log"))).hasSize(1);
		}
	}

	@Test
	void issuedWhenNotRequiredThenAlsoWithoutAFile() throws IOException {
		try (TestServer server = server()) {
			untilFull(server);
			Answers.assertJwt(ask(server));
		}
	}

	@Test
	void issuedWhenTheLogIsRequiredAndSwitchedOffThen503() {
		Logger audit = (Logger) LoggerFactory.getLogger("audit");
		try (TestServer server = TestServer.start("ably-auth.audit.required=true")) {
			Answers.assertJwt(ask(server));
			audit.setLevel(Level.OFF);
			Answers.assertRefused(ask(server), 503, 50005);
		}
		finally {
			audit.setLevel(Level.INFO);
		}
	}

	/** What the console does not show, nobody can know to be written. */
	@ParameterizedTest
	@ValueSource(strings = { "logging.console.enabled=false", "logging.threshold.console=warn",
			"logging.threshold.console=off" })
	void startWhenRequiredAndTheConsoleMayNotShowItThenRefused(String setting) {
		assertThatThrownBy(() -> TestServer.start("ably-auth.audit.required=true", setting))
			.hasMessageContaining("ably-auth.audit.required: logging.config");
	}

	/** Where the youngest old file goes, there is something that cannot be replaced. */
	private int untilFull(TestServer server) throws IOException {
		Answers.assertJwt(ask(server));
		Files.createDirectories(blocked().getParent());
		Files.writeString(blocked(), "in the way");
		int lines = lines().size();
		while (Files.size(this.folder.resolve("audit.log")) < 64 * 1024 - 1000) {
			Answers.assertJwt(ask(server));
			lines++;
		}
		for (int i = 0; i < 10 && ask(server).statusCode() == 200; i++) {
			lines++;
		}
		return Math.min(lines, lines().size());
	}

	private Path blocked() {
		return this.folder.resolve("audit.log.1/in-the-way");
	}

	private List<String> lines() throws IOException {
		return Files.readAllLines(this.folder.resolve("audit.log"));
	}

	private TestServer server(String... settings) {
		return TestServer.start(
				Stream
					.concat(Stream.of("ably-auth.audit.file=" + this.folder.resolve("audit.log"),
							"ably-auth.audit.stdout=false", "ably-auth.audit.max-size=64KB", "ably-auth.audit.keep=1"),
							Stream.of(settings))
					.toArray(String[]::new));
	}

	private static HttpResponse<String> ask(TestServer server) {
		return ask(server, TestServer.ann());
	}

	private static HttpResponse<String> ask(TestServer server, String session) {
		return Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + session);
	}

}
