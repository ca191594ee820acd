package dev.ablyauth.cli;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says on standard error why there is no answer. Stricter than picocli, which repeats the
 * arguments: one of them may be a token, and standard error often ends in a log.
 */
final class Complaints implements IParameterExceptionHandler, IExecutionExceptionHandler {

	@Override
	public int handleParseException(ParameterException ex, String[] arguments) {
		CommandLine command = ex.getCommandLine();
		PrintWriter err = command.getErr();
		err.println(wrongUsage(ex));
		if (ex instanceof UnmatchedArgumentException unmatched) {
			unmatched.printSuggestions(err);
		}
		err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
		return CommandLine.ExitCode.USAGE;
	}

	private static String wrongUsage(ParameterException ex) {
		if (ex instanceof MissingParameterException) {
			return String.valueOf(ex.getMessage());
		}
		if (ex instanceof UnmatchedArgumentException) {
			return "There is an argument too many, or an option that does not exist.";
		}
		return (ex.getArgSpec() instanceof OptionSpec option)
				? "What was given for " + option.longestName() + " cannot be used." : "The arguments cannot be read.";
	}

	@Override
	public int handleExecutionException(Exception ex, CommandLine command, ParseResult arguments) {
		command.getErr().println((ex instanceof UnreadableInputException) ? ex.getMessage() : bug(ex));
		return CommandLine.ExitCode.USAGE;
	}

	/** Not the message of the exception, which may repeat a token. */
	private static String bug(Exception ex) {
		StackTraceElement[] trace = ex.getStackTrace();
		return "This is a mistake in " + RootCommand.NAME + ": " + ex.getClass().getName()
				+ ((trace.length > 0) ? " at " + trace[0] : "");
	}

}
