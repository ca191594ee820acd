package dev.ablyauth.cli;

import java.util.List;

import picocli.CommandLine.Option;

/**
 * The settings of the server, for commands that need them. They come from where the
 * server takes them: application.yml beside it, and the environment.
 */
final class SettingsOptions {

	@Option(names = "--setting", paramLabel = "NAME=VALUE",
			description = "One more setting, such as ably-auth.policy=file:./next.yml. Without it, the settings are"
					+ " those of the server: application.yml in this folder or its config folder, and the environment.")
	private List<String> settings = List.of();

	Rooms open(Rooms.Opener opener) {
		try {
			return opener.open(this.settings);
		}
		catch (UnusableSettingsException ex) {
			throw new UnreadableInputException(String.join("\n", ex.problems()));
		}
	}

	List<String> settings() {
		return this.settings;
	}

}
