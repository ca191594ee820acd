package dev.ablyauth.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What lives in the heap of a process, counted while it stands still: a look at how much
 * is used would come a moment after the collection, and find new garbage.
 */
final class LiveHeap {

	private static final Pattern TOTAL = Pattern.compile("\nTotal +[0-9]+ +([0-9]+)");

	private LiveHeap() {
	}

	/** Collects, and counts. */
	static long kilobytes(ServerProcess server) {
		String said = jcmd(server, "GC.class_histogram");
		Matcher total = TOTAL.matcher(said);
		if (!total.find()) {
			throw new IllegalStateException("jcmd says nothing of the heap: " + said);
		}
		return Long.parseLong(total.group(1)) / 1024;
	}

	private static String jcmd(ServerProcess server, String command) {
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
