package dev.ablyauth.springapp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stops and kills the processes of a store, as an operating system would.
 */
final class Signals {

	private Signals() {
	}

	/**
	 * Sends a signal to processes.
	 * @param signal such as {@code STOP}
	 * @param processes which, in their order
	 */
	static void send(String signal, Stream<ProcessHandle> processes) {
		List<String> ids = processes.map((process) -> Long.toString(process.pid())).toList();
		if (ids.isEmpty()) {
			throw new IllegalStateException("no such process");
		}
		try {
			Process kill = new ProcessBuilder(Stream.concat(Stream.of("kill", "-" + signal), ids.stream()).toList())
				.redirectErrorStream(true)
				.start();
			kill.waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Those of a process and all that it has started. */
	static Stream<ProcessHandle> family(ProcessHandle parent) {
		return Stream.concat(Stream.of(parent), parent.descendants());
	}

}
