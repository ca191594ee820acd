package dev.ablyauth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Who says so.
 */
final class AuthorOptions {

	@Option(names = "--author", paramLabel = "NAME",
			description = "Who says so; without it, the user of the operating system.")
	private @Nullable String author;

	String name() {
		return "command-line:" + ((this.author != null) ? this.author : System.getProperty("user.name", "unknown"));
	}

}
