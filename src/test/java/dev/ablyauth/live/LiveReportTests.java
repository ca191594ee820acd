package dev.ablyauth.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

}
