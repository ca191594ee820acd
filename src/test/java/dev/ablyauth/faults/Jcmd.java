package dev.ablyauth.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Asks the JVM of a process about itself.
 */
final class Jcmd {

	private Jcmd() {
	}

	/** Returns what it says. */
	static String ask(ServerProcess server, String command) {
		String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
		try {
			Process process = new ProcessBuilder(jcmd, Long.toString(server.pid()), command).redirectErrorStream(true)
				.start();
			try (BufferedReader reader = process.inputReader()) {
				return reader.lines().collect(Collectors.joining("\n"));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
