package dev.ablyauth.faults;

import java.util.Arrays;
import java.util.List;

/**
 * Parameters from outside, and how figures are written.
 */
final class Figures {

	private Figures() {
	}

	/** A parameter of the script, which has a default for each. */
	static int of(String name) {
		return Integer.parseInt(System.getenv(name));
	}

	/** The value that so many of a hundred do not exceed. */
	static long percentile(List<Long> values, int percent) {
		long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
		return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
	}

	static double median(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/** Median, and lowest to highest. */
	static String text(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return "%.1f (%.1f to %.1f)".formatted(median(values), sorted[0], sorted[sorted.length - 1]);
	}

	static void row(Object... cells) {
		System.out.println("| " + String.join(" | ", Arrays.stream(cells).map(String::valueOf).toList()) + " |");
	}

	static String met(boolean met) {
		return met ? "met" : "missed";
	}

}
