package dev.ablyauth.policy;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * How long a token may live, and who says so.
 *
 * @param duration more than nothing
 * @param setBy {@code policy}, {@code rule "..."}, {@code wish} and the like
 */
public record Lifetime(Duration duration, String setBy) {

	/**
	 * Returns the shortest.
	 * @param limits at least one
	 * @return of equal ones the first
	 */
	public static Lifetime least(List<Lifetime> limits) {
		return limits.stream().min(Comparator.comparing(Lifetime::duration)).orElseThrow();
	}

}
