package dev.ablyauth.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What lives in the heap of a process after a collection. The process needs
 * {@code -XX:+UseSerialGC}.
 */
final class LiveHeap {

	private static final Pattern USED = Pattern.compile("(?:new generation|tenured generation) .* used ([0-9]+)K");

	private LiveHeap() {
	}

	/** Collects, and measures both generations. */
	static long kilobytes(ServerProcess server) {
		jcmd(server, "GC.run");
		String said = jcmd(server, "GC.heap_info");
		Matcher matcher = USED.matcher(said);
		long kilobytes = 0;
		while (matcher.find()) {
			kilobytes += Long.parseLong(matcher.group(1));
		}
		if (kilobytes == 0) {
			throw new IllegalStateException("jcmd says nothing of the heap: " + said);
		}
		return kilobytes;
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
