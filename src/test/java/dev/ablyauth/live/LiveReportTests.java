package dev.ablyauth.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A report has a row for each answer, and begins anew with each run.
 */
class LiveReportTests {

	@TempDir
	private Path folder;

	@Test
	void addThenARowThatTellsWhetherItIsAsAssumed() throws IOException {
		Path file = this.folder.resolve("target").resolve("report.md");
		new LiveReport(file, "before").add("before", "", "before");
		LiveReport report = new LiveReport(file, "https://ably.example");
		report.add("One?", "401 40102", "401 40102");
		report.add("Two\nlines | a bar?", "200", "404");
		report.add("How long?", "", "740");
		assertThat(Files.readString(file)).contains("At https://ably.example, ").doesNotContain("before").endsWith("""
				|---|---|---|---|
				| One? | 401 40102 | 401 40102 | as assumed |
				| Two lines \\| a bar? | 200 | 404 | DIFFERS |
				| How long? |  | 740 |  |
				""");
	}

	/**
	 * By the step of the workflow that shows it, and GitHub fails none that ends with 0.
	 */
	@ParameterizedTest
	@CsvSource({ "401, 401, 0, ''",
			"401, 404, 1, ::warning title=Ably differs from what is assumed::One? | 401 | 404" })
	void workflowThenShowsWhatDiffersAndFailsNothing(String assumed, String seen, int count, String warning)
			throws Exception {
		new LiveReport(this.folder.resolve("target").resolve("live-report.md"), "x").add("One?", assumed, seen);
		Path summary = this.folder.resolve("summary.md");
		ProcessBuilder step = new ProcessBuilder("bash", "-e", "-c", step()).directory(this.folder.toFile());
		step.environment().put("GITHUB_STEP_SUMMARY", summary.toString());
		Process run = step.redirectErrorStream(true).start();
		assertThat(new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()).isEqualTo(warning);
		assertThat(run.waitFor()).isZero();
		assertThat(Files.readString(summary))
			.startsWith("Answers that differ from what is assumed here: " + count + "\n")
			.contains("| One? | " + assumed + " | " + seen + " |");
	}

	private static String step() throws IOException {
		String workflow = Files.readString(Path.of(".github", "workflows", "live.yml"));
		Matcher step = Pattern.compile("run: \\|\n(( {10}.*\n)+)").matcher(workflow);
		assertThat(step.find()).isTrue();
		return step.group(1);
	}

}
