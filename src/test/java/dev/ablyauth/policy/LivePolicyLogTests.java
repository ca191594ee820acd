package dev.ablyauth.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the operator is told of the policy file.
 */
class LivePolicyLogTests {

	private static final String WIDE = "rules: [{name: r, grant: [{channel: '%s', operations: publish}]}]\n"
			+ "tests: [{name: t, user: {id: ann}, refused: false}]";

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(LivePolicy.class);

	@TempDir
	private Path folder;

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void leave() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void ofWhenThereAreWarningsThenLoggedWithTheirPlace() throws IOException {
		Path file = write(WIDE.formatted("*"));
		live(file);
		assertThat(messages(Level.WARN))
			.containsExactly("file:" + file + ": line 1, column 37: \"*\" is every channel of the app");
	}

	@Test
	void lookWhenTheNewOneHasWarningsThenTheyAreLoggedToo() throws IOException {
		Path file = write(WIDE.formatted("a"));
		LivePolicy policy = live(file);
		assertThat(messages(Level.WARN)).isEmpty();
		write(WIDE.formatted("*:*"));
		policy.look();
		policy.look();
		assertThat(messages(Level.WARN)).singleElement().asString().contains("that has a colon in its name");
	}

	@Test
	void lookWhenTheNewOneIsBadThenItsProblemsAndWhatStays() throws IOException {
		LivePolicy policy = live(write(WIDE.formatted("a")));
		write("rules: 3");
		policy.look();
		policy.look();
		assertThat(messages(Level.ERROR)).hasSize(2)
			.anySatisfy((message) -> assertThat(message).contains("line 1, column 8: \"rules\" must be a list"))
			.anySatisfy((message) -> assertThat(message).endsWith("the policy " + policy.current().hash() + " stays"));
	}

	@Test
	void lookWhenABadOneIsTakenBackThenItIsSaid() throws IOException {
		LivePolicy policy = live(write(WIDE.formatted("a")));
		write("rules: 3");
		policy.look();
		policy.look();
		assertThat(messages(Level.INFO)).isEmpty();
		write(WIDE.formatted("a"));
		policy.look();
		policy.look();
		assertThat(messages(Level.INFO)).singleElement()
			.asString()
			.endsWith("is the policy " + policy.current().hash() + " again, which is in use");
	}

	private List<String> messages(Level level) {
		return this.log.list.stream()
			.filter((event) -> event.getLevel().equals(level))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private Path write(String yaml) throws IOException {
		return Files.writeString(this.folder.resolve("policy.yml"), yaml);
	}

	private static LivePolicy live(Path file) {
		return LivePolicy.of(new PolicyFile("file:" + file), TestPolicies.loader(), LintContext.DEFAULTS);
	}

}
