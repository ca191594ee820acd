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

	private final Rooms.Opener opener;

	Commands(Console console, Clock clock, Rooms.Opener opener) {
		this.opener = opener;
		this.console = console;
		this.clock = clock;
	}

	/**
	 * Returns the commands, wired to the streams and the environment of this process.
	 * @param clock the time
	 * @param opener opens the rooms of the server, for commands that need its settings
	 * @return the commands
	 */
	public static Commands ofProcess(Clock clock, Rooms.Opener opener) {
		return new Commands(Console.ofProcess(), clock, opener);
	}

	/**
	 * Runs the command that is named by the first argument.
	 * @param arguments of the process
	 * @return the exit code, or empty if the first argument is a setting or a flag of the
	 * server
	 */
	public OptionalInt run(String... arguments) {
		// A setting, --name=value: the start of the server need not wait for picocli.
		if (arguments.length == 0 || arguments[0].isEmpty() || arguments[0].contains("=")) {
			return OptionalInt.empty();
		}
		CommandLine line = line();
		if (!HELP.contains(arguments[0]) && arguments[0].startsWith("-") && arguments[0].length() > 1) {
			return OptionalInt.empty();
		}
		return OptionalInt.of(line.execute(arguments));
	}

	private CommandLine policy() {
		return new CommandLine(new PolicyCommand()).addSubcommand(new PolicyLintCommand(this.console))
			.addSubcommand(new PolicyTestCommand(this.console))
			.addSubcommand(new PolicyExplainCommand(this.console, this.clock, this.opener));
	}

	private CommandLine line() {
		return new CommandLine(new RootCommand()).addSubcommand(new CommandLine.HelpCommand())
			.addSubcommand(policy())
			.addSubcommand(new CanCommand(this.console, this.clock, this.opener))
			.addSubcommand(new MintCommand(this.console, this.clock, this.opener))
			.addSubcommand(new DenyCommand(this.console, this.clock, this.opener))
			.addSubcommand(new RevokeCommand(this.console, this.opener))
			.addSubcommand(new AllowCommand(this.console, this.clock, this.opener))
			.addSubcommand(new DeniedCommand(this.console, this.clock, this.opener))
			.addSubcommand(new InspectCommand(this.console, this.clock))
			.addSubcommand(new DoctorCommand(this.console, this.opener))
			.setOut(this.console.out())
			.setErr(this.console.err())
			// A token may begin with @, and is then no name of a file with arguments.
			.setExpandAtFiles(false)
			.setParameterExceptionHandler(new Complaints())
			.setExecutionExceptionHandler(new Complaints());
	}

}
