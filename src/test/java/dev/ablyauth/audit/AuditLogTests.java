package dev.ablyauth.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether an answer may leave, by where its line went.
 */
class AuditLogTests {

	private static final Logger AUDIT = (Logger) LoggerFactory.getLogger("audit");

	private static final AuditRecord LINE = AuditRecord.issued().with("user", "ann");

	private final PrintStream before = System.out;

	private final FailingStream stream = new FailingStream();

	@TempDir
	private Path folder;

	/** The tests' own console shows errors only. */
	private final ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();

	@BeforeEach
	void replace() {
		System.setOut(new PrintStream(this.stream));
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(AUDIT.getLoggerContext());
		encoder.setPattern("%msg%n");
		encoder.start();
		this.console.setContext(AUDIT.getLoggerContext());
		this.console.setEncoder(encoder);
		this.console.start();
		AUDIT.addAppender(this.console);
	}

	@AfterEach
	void restore() {
		AUDIT.detachAppender(this.console);
		System.setOut(this.before);
	}

	@Test
	void writeWhenRequiredAndStandardOutputFailsThenNotUntilItTakesALineAgain() {
		AuditLog log = log(true, null);
		assertThat(log.write(LINE)).isTrue();
		this.stream.fail(true);
		assertThat(log.write(LINE)).isFalse();
		assertThat(log.write(LINE)).isFalse();
		assertThat(log.isBroken()).isTrue();
		assertThat(log.lost()).isEqualTo(2);
		this.stream.fail(false);
		assertThat(log.write(LINE)).isTrue();
		assertThat(log.isBroken()).isFalse();
		assertThat(log.lost()).isEqualTo(2);
		assertThat(this.stream.text().lines().filter((line) -> line.contains("user=ann"))).hasSize(2);
	}

	@Test
	void writeWhenTheFileHasTheLineThenStandardOutputIsNotAsked() throws IOException {
		try (RotatingFile file = new RotatingFile(this.folder.resolve("audit.log"), 1024, 1)) {
			AuditLog log = log(true, file);
			this.stream.fail(true);
			assertThat(log.write(LINE)).isTrue();
			assertThat(log.write(LINE)).isTrue();
			assertThat(log.isBroken()).isFalse();
			assertThat(log.lost()).isZero();
		}
		assertThat(Files.readAllLines(this.folder.resolve("audit.log"))).hasSize(2);
	}

	@Test
	void writeWhenTheFileFailsThenNotAlsoWhereStandardOutputTakesTheLine() throws IOException {
		try (RotatingFile file = new RotatingFile(this.folder.resolve("gone/audit.log"), 1024, 1)) {
			AuditLog log = log(true, file);
			assertThat(log.write(LINE)).isFalse();
			assertThat(log.isBroken()).isTrue();
			assertThat(log.lost()).isEqualTo(1);
		}
		assertThat(this.stream.text()).contains("user=ann");
	}

	@Test
	void writeWhenNotRequiredAndStandardOutputFailsThenTheAnswerMayLeave() {
		AuditLog log = log(false, null);
		this.stream.fail(true);
		assertThat(log.write(LINE)).isTrue();
		assertThat(log.isBroken()).isFalse();
	}

	private AuditLog log(boolean required, @Nullable RotatingFile file) {
		return new AuditLog(required, true, file, new StandardOutput(() -> this.stream), Clock.systemUTC());
	}

}
