package dev.ablyauth.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
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

	/** Where there is no deny-list, nobody counts as denied, and that is said. */
	Rooms open(Rooms.Opener opener, PrintWriter err) {
		Rooms rooms = open(opener);
		Path missing = rooms.missingDenyList();
		if (missing != null) {
			err.println("There is no deny-list at " + missing + ", so nobody counts as denied.");
		}
		return rooms;
	}

	/** For commands that are about the deny-list, which they never make. */
	Rooms openWithList(Rooms.Opener opener) {
		Rooms rooms = open(opener);
		Path missing = rooms.missingDenyList();
		if (missing != null) {
			rooms.close();
			throw new UnreadableInputException("There is no deny-list at " + missing
					+ ", and a command makes none. Run it in the folder where the server is started, or give an absolute"
					+ " path in ably-auth.deny-list.url. A server makes its list when it starts.");
		}
		return rooms;
	}

	private Rooms open(Rooms.Opener opener) {
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
