package dev.ablyauth.web;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something may happen: at most so many times at once, and no more than that in
 * so long.
 *
 * @param count how many times
 * @param period in how long
 */
record Rate(int count, Duration period) {

	private static final String NONE = "none";

	private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})/([1-9][0-9]{0,3})([smh])");

	/**
	 * Reads {@code 60/1m}: a number, and a time in seconds, minutes or hours.
	 * @return the rate, or empty for {@code none}
	 * @throws IllegalArgumentException if it is neither
	 */
	static Optional<Rate> parse(String text) {
		if (text.equals(NONE)) {
			return Optional.empty();
		}
		Matcher rate = TEXT.matcher(text);
		if (!rate.matches()) {
			throw new IllegalArgumentException("must be a number and a time, such as 60/1m, or none");
		}
		long time = Long.parseLong(rate.group(2));
		Duration period = switch (rate.group(3)) {
			case "s" -> Duration.ofSeconds(time);
			case "m" -> Duration.ofMinutes(time);
			default -> Duration.ofHours(time);
		};
		return Optional.of(new Rate(Integer.parseInt(rate.group(1)), period));
	}

}
