package dev.ablyauth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/**
 * What all commands have in common: help, version, and the meaning of the exit codes.
 */
@Command(name = RootCommand.NAME,
		description = { "An auth server for apps that use Ably.",
				"Without a command, the server starts. Settings are given as --name=value.%n" },
		versionProvider = RootCommand.Version.class, mixinStandardHelpOptions = true, sortOptions = false,
		exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:fine",
				"1:the answer is no, or problems were found", "2:wrong usage, or what was given cannot be read" },
		scope = ScopeType.INHERIT)
final class RootCommand {

	static final String NAME = "ably-auth-server";

	/** From the manifest of the jar. */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = RootCommand.class.getPackage().getImplementationVersion();
			return new String[] { NAME + " " + ((version != null) ? version : "(not packaged)") };
		}

	}

}
