package dev.ablyauth.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lengths of time in words.
 */
final class Spans {

	/** A unit is used from two of it on, so that nothing much is lost by rounding. */
	private static final TreeMap<Long, Map.Entry<Integer, String>> UNITS = new TreeMap<>(
			Map.of(0L, Map.entry(1, "second"), 120L, Map.entry(60, "minute"), 7200L, Map.entry(3600, "hour"), 172800L,
					Map.entry(86400, "day")));

	private Spans() {
	}

	/** Rounded down. */
	static String words(Duration span) {
		long seconds = span.abs().toSeconds();
		Map.Entry<Integer, String> unit = UNITS.floorEntry(seconds).getValue();
		long count = seconds / unit.getKey();
		return count + " " + unit.getValue() + ((count == 1) ? "" : "s");
	}

	/** How long ago, or in how long. */
	static String fromNow(Instant time, Instant now) {
		Duration ago = Duration.between(time, now);
		return ago.isNegative() ? "in " + words(ago) : words(ago) + " ago";
	}

}
