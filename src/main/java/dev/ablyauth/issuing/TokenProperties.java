package dev.ablyauth.issuing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds of every token.
 *
 * @param maxBytes the longest JWT; Ably takes it in a header of about 8 KB
 * @param minTtl the shortest life; Ably asks for renewal 30 s before the end, so shorter
 * tokens make clients spin
 * @param iatBackdate how far {@code iat} is set back, because Ably refuses one in its
 * future
 * @param jitter the part of the lifetime, 0 to 0.5, over which renewals are spread
 * @param basePath where the token endpoints are
 */
public record TokenProperties(@DefaultValue("8192") int maxBytes, @DefaultValue("60s") Duration minTtl,
		@DefaultValue("2s") Duration iatBackdate, @DefaultValue("0.1") double jitter,
		@DefaultValue("/api") String basePath) {

	private static final int LEAST_BYTES = 512;

	private static final int MOST_BYTES = 128 * 1024;

	private static final double MOST_JITTER = 0.5;

	/** How long before the end of a token Ably asks for the next. */
	private static final Duration RENEWAL = Duration.ofSeconds(30);

	private static final Set<String> TAKEN = Set.of("actuator", "livez", "readyz", "dev", "error", "admin", "logout");

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.maxBytes < LEAST_BYTES || this.maxBytes > MOST_BYTES) {
			problems.add(name + ".max-bytes: must be from " + LEAST_BYTES + " to " + MOST_BYTES);
		}
		Duration least = RENEWAL.plus(this.iatBackdate);
		if (this.minTtl.compareTo(least) < 0 || this.minTtl.compareTo(Duration.ofHours(1)) > 0) {
			problems
				.add(name + ".min-ttl: must be from " + least.toSeconds() + "s, which is 30s and iat-backdate, to 1h");
		}
		if (this.iatBackdate.isNegative() || this.iatBackdate.compareTo(Duration.ofSeconds(30)) > 0) {
			problems.add(name + ".iat-backdate: must be from 0s to 30s");
		}
		if (!(this.jitter >= 0 && this.jitter <= MOST_JITTER)) {
			problems.add(name + ".jitter: must be from 0 to " + MOST_JITTER);
		}
		if (!this.basePath.matches("(/[A-Za-z0-9_-]+)+") || TAKEN.contains(this.basePath.split("/", -1)[1])) {
			problems.add(name + ".base-path: must be a path such as /api that nothing else uses");
		}
		return problems;
	}

}
