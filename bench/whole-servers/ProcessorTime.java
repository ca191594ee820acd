package dev.ablyauth.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all threads of a process have taken of the processors.
 */
final class ProcessorTime {

	/** The kernel tells hundredths of a second. */
	private static final long MICROS_OF_A_TICK = 10_000;

	private ProcessorTime() {
	}

	/** Microseconds since the process began. */
	static long micros(ServerProcess server) {
		try {
			String stat = Files.readString(Path.of("/proc/" + server.pid() + "/stat"));
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
			return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_OF_A_TICK;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
