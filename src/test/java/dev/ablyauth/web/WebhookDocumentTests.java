package dev.ablyauth.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.ablyauth.Skip;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The webhook as docs/revocation.md shows it, in Node and in a shell.
 */
class WebhookDocumentTests {

	private static LogoutServer app;

	@TempDir
	private Path folder;

	@BeforeAll
	static void start() {
		app = LogoutServer.start();
	}

	@AfterAll
	static void stop() {
		app.close();
	}

	@Test
	void codeForNodeThenTheSessionHasEnded() throws Exception {
		Skip.unless(runs("node", "--version"), "no node here");
		String code = block("js")
				+ "\nconst answer = await sessionEnded(\"s-node\", \"idp-ann\");\nconsole.log(answer.status);\n";
		assertThat(run("node", Files.writeString(this.folder.resolve("ended.mjs"), code).toString()))
			.isEqualTo("200\n");
		assertThat(app.status(app.session("ann", "s-node"))).isEqualTo(403);
	}

	@Test
	void linesForAShellThenTheSessionHasEnded() throws Exception {
		Skip.unless(runs("openssl", "version") && runs("curl", "--version"), "no openssl or curl here");
		assertThat(app.status(app.session("ann", "s-1"))).isEqualTo(200);
		assertThat(run("sh", "-c", block("sh"))).contains("\"target\":{\"sessionId\":\"s-1\"}");
		assertThat(app.status(app.session("ann", "s-1"))).isEqualTo(403);
	}

	private static String block(String language) throws IOException {
		String text = Files.readString(Path.of("docs/revocation.md"));
		Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
			.matcher(text.substring(text.indexOf("### The webhook")));
		assertThat(block.find()).isTrue();
		return block.group(1)
			.replace("https://auth.example.com/logout/webhook", app.server().uri(LogoutServer.WEBHOOK).toString());
	}

	private static boolean runs(String... command) {
		try {
			return run(command).length() > 0;
		}
		catch (IOException | InterruptedException | AssertionError ex) {
			return false;
		}
	}

	private static String run(String... command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(List.of(command));
		builder.environment().put("WEBHOOK_SECRET", LogoutServer.secret(LogoutServer.SECRET));
		Process process = builder.redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
		return output;
	}

}
