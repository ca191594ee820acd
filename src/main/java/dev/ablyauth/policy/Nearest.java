package dev.ablyauth.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the word that somebody probably meant.
 */
public final class Nearest {

	/** Operations that are often assumed to exist. */
	private static final Map<String, String> ASSUMED = Map.of("presence-subscribe", "subscribe", "message-append",
			"message-update-own", "batch-publish", "publish", "statistics", "stats");

	private Nearest() {
	}

	/**
	 * Says what may be there, and which word was probably meant.
	 * @param found what is there
	 * @param allowed what may be there
	 * @return {@code , expected one of a, b; did you mean "a"?}
	 */
	public static String expected(String found, Collection<String> allowed) {
		return ", expected one of " + String.join(", ", allowed) + hint(found, allowed);
	}

	/**
	 * Says which word was probably meant.
	 * @param found what is there
	 * @param allowed what may be there
	 * @return {@code ; did you mean "word"?}, or nothing if no word is near
	 */
	public static String hint(String found, Collection<String> allowed) {
		return to(found, allowed).map((candidate) -> "; did you mean \"" + candidate + "\"?").orElse("");
	}

	/**
	 * Finds the word that was probably meant.
	 * @param found what is there
	 * @param allowed what may be there
	 * @return the nearest word, or empty if no word is near
	 */
	public static Optional<String> to(String found, Collection<String> allowed) {
		String assumed = ASSUMED.get(found);
		if (assumed != null && allowed.contains(assumed)) {
			return Optional.of(assumed);
		}
		String word = found.toLowerCase(Locale.ROOT);
		return allowed.stream()
			.filter((candidate) -> isNear(word, candidate))
			.min(Comparator.comparingInt((candidate) -> distance(word, candidate.toLowerCase(Locale.ROOT))));
	}

	/** Lengths are compared first, so that a very long word costs nothing. */
	private static boolean isNear(String word, String allowed) {
		String candidate = allowed.toLowerCase(Locale.ROOT);
		int most = Math.max(1, Math.min(word.length(), candidate.length()) / 3);
		return Math.abs(word.length() - candidate.length()) <= most && distance(word, candidate) <= most;
	}

	/** Levenshtein's distance, where two swapped neighbours count once. */
	private static int distance(String left, String right) {
		int[][] cost = new int[left.length() + 1][right.length() + 1];
		for (int i = 0; i <= left.length(); i++) {
			for (int j = 0; j <= right.length(); j++) {
				cost[i][j] = (i == 0 || j == 0) ? i + j : step(cost, left, right, i, j);
			}
		}
		return cost[left.length()][right.length()];
	}

	private static int step(int[][] cost, String left, String right, int i, int j) {
		int change = (left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1;
		int least = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
				&& left.charAt(i - 2) == right.charAt(j - 1);
		return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
	}

}
