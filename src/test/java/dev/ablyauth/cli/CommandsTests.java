package dev.ablyauth.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is a command, and what is said of wrong usage.
 */
class CommandsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "--server.port=0", "--debug", "inspect=1", "--inspect" })
	void runWhenFirstArgumentIsNoCommandThenTheServerStarts(String argument) {
		CommandRun.Ended ended = new CommandRun().run(argument, "inspect");
		assertThat(ended.exitCode()).isEqualTo(-1);
		assertThat(ended.out() + ended.err()).isEmpty();
	}

	@Test
	void runWhenFirstArgumentIsAMisspeltCommandThenRefusedAndNoServerIsStarted() {
		CommandRun.Ended ended = new CommandRun().run("inspct", "x");
		assertThat(ended.exitCode()).isEqualTo(2);
		assertThat(ended.err()).contains("inspect");
	}

	@Test
	void runWhenThereIsNoArgumentThenTheServerStarts() {
		assertThat(new CommandRun().run().exitCode()).isEqualTo(-1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "help", "-h", "--help" })
	void helpThenNamesTheCommandsAndTheExitCodes(String argument) {
		CommandRun.Ended ended = new CommandRun().run(argument);
		assertThat(ended.out()).contains("  inspect  ", "  0   fine", "  1   the answer is no",
				"  2   wrong usage, or what was given cannot be read", "the server starts");
		assertThat(ended.err()).isEmpty();
		assertThat(ended.exitCode()).isZero();
	}

	@Test
	void helpOfACommandThenNamesItsOptionsAndTheExitCodes() {
		for (String out : new String[] { new CommandRun().run("help", "inspect").out(),
				new CommandRun().run("inspect", "--help").out() }) {
			assertThat(out).contains("--key-file", "ABLY_API_KEY", "--json", "standard input", "safer", "  1   ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "-V", "--version" })
	void versionThenSaid(String argument) {
		CommandRun.Ended ended = new CommandRun().run(argument);
		assertThat(ended.out()).startsWith("ably-auth-server ");
		assertThat(ended.exitCode()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "inspect", "inspect secret-token secret-token", "inspect --key secret-token",
			"inspect --json=secret-token secret-token", "inspect secret-token --key-file", "help secret-token",
			"inspect -secret-token", "inspect secret-token --json --json" })
	void runWhenUsageIsWrongThenTwoAndNoArgumentIsRepeated(String line) {
		CommandRun.Ended ended = new CommandRun().run(line.split(" "));
		assertThat(ended.exitCode()).isEqualTo(2);
		assertThat(ended.out()).isEmpty();
		assertThat(ended.err()).contains("Try: ably-auth-server").doesNotContain("secret-token");
	}

	@Test
	void runWhenOptionIsMisspeltThenSaysWhichThereAre() {
		assertThat(new CommandRun().run("inspect", "--keyfile", "x").err()).contains("--key-file");
	}

}
