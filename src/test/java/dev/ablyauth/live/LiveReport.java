package dev.ablyauth.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A file with a line for each question to Ably: what is assumed here, and what was seen.
 */
final class LiveReport {

	private final Path file;

	/** Begins the file anew. */
	LiveReport(Path file, String host) {
		this.file = file;
		String text = """
				# What was seen

				At %s, %s. Where no answer is assumed, nothing here depends on it.

				| Question | Assumed here | Seen | |
				|---|---|---|---|
				""".formatted(host, Instant.now().truncatedTo(ChronoUnit.SECONDS));
		write(text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
	}

	/** Adds a line. Nothing is assumed where that is empty. */
	void add(String question, String assumed, String seen) {
		String verdict = assumed.isEmpty() ? "" : seen.equals(assumed) ? "as assumed" : "DIFFERS";
		String line = "| " + String.join(" | ", cell(question), cell(assumed), cell(seen), verdict) + " |\n";
		write(line, StandardOpenOption.APPEND);
	}

	private static String cell(String text) {
		return text.replace("|", "\\|").replaceAll("\\R", " ");
	}

	private synchronized void write(String text, StandardOpenOption... options) {
		try {
			Files.createDirectories(this.file.toAbsolutePath().getParent());
			Files.writeString(this.file, text, options);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
