package dev.ablyauth.faults;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
		String said = Jcmd.ask(server, "GC.class_histogram");
		Matcher total = TOTAL.matcher(said);
		if (!total.find()) {
			throw new IllegalStateException("jcmd says nothing of the heap: " + said);
		}
		return Long.parseLong(total.group(1)) / 1024;
	}

}
