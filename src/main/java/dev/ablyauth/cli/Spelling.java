package dev.ablyauth.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the name that was meant.
 */
final class Spelling {

	private static final int MOST_MISTAKES = 3;

	/** Operations that are often assumed to exist. */
	private static final Map<String, String> ASSUMED = Map.of("presence-subscribe", "subscribe", "message-append",
			"message-update-own", "batch-publish", "publish", "statistics", "stats");

	private Spelling() {
	}

	/** Goes on after a message with the known name that is nearest, if one is near. */
	static String didYouMean(String written, Collection<String> known) {
		return Optional.ofNullable(ASSUMED.get(written))
			.or(() -> nearest(written, known))
			.map((name) -> " Did you mean " + name + "?")
			.orElse("");
	}

	private static Optional<String> nearest(String written, Collection<String> known) {
		int most = Math.min(MOST_MISTAKES, written.length() / 3);
		return known.stream()
			.filter((name) -> mistakes(written, name) <= most)
			.min((a, b) -> Integer.compare(mistakes(written, a), mistakes(written, b)));
	}

	/** Levenshtein's distance; case does not count. */
	private static int mistakes(String written, String name) {
		String from = written.toLowerCase(Locale.ROOT);
		String to = name.toLowerCase(Locale.ROOT);
		int[] row = new int[to.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int replaced = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[to.length()];
	}

}
