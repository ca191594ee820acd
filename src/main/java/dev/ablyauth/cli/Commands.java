package dev.ablyauth.cli;

import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;

import picocli.CommandLine;

/**
 * All commands. Without one of them, the jar starts the server.
 */
public final class Commands {

	private static final List<String> HELP = List.of("-h", "--help", "-V", "--version");

	private final Console console;

	private final Clock clock;

	Commands(Console console, Clock clock) {
		this.console = console;
		this.clock = clock;
	}

	/**
	 * Returns the commands, wired to the streams and the environment of this process.
	 * @param clock the time
	 * @return the commands
	 */
	public static Commands ofProcess(Clock clock) {
		return new Commands(Console.ofProcess(), clock);
	}

	/**
	 * Runs the command that is named by the first argument.
	 * @param arguments of the process
	 * @return the exit code, or empty if the first argument is no command
	 */
	public OptionalInt run(String... arguments) {
		// A setting, --name=value: the start of the server need not wait for picocli.
		if (arguments.length == 0 || arguments[0].contains("=")) {
			return OptionalInt.empty();
		}
		CommandLine line = line();
		if (!HELP.contains(arguments[0]) && !line.getSubcommands().containsKey(arguments[0])) {
			return OptionalInt.empty();
		}
		return OptionalInt.of(line.execute(arguments));
	}

	private CommandLine line() {
		return new CommandLine(new RootCommand()).addSubcommand(new CommandLine.HelpCommand())
			.addSubcommand(new InspectCommand(this.console, this.clock))
			.setOut(this.console.out())
			.setErr(this.console.err())
			// A token may begin with @, and is then no name of a file with arguments.
			.setExpandAtFiles(false)
			.setParameterExceptionHandler(new Complaints())
			.setExecutionExceptionHandler(new Complaints());
	}

}
