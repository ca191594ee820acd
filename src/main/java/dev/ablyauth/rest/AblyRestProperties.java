package dev.ablyauth.rest;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How Ably's REST API is used.
 *
 * @param restUrl where it is: scheme and host, perhaps a port
 * @param discoverKeyCapability whether Ably is asked what the key may do
 * @param timeCheck how often Ably is asked for its time
 * @param clock whose clock counts
 */
public record AblyRestProperties(URI restUrl, boolean discoverKeyCapability, Duration timeCheck, ClockSource clock) {

	private static final Duration SHORTEST_CHECK = Duration.ofSeconds(10);

	/** What was measured counts for an hour, and one answer may fail to come. */
	private static final Duration LONGEST_CHECK = Duration.ofMinutes(30);

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		String host = this.restUrl.getHost();
		if (host == null || !isAllowed(host)) {
			problems.add(name + ".rest-url: must be https, or http to this machine itself");
		}
		else if (this.restUrl.getRawUserInfo() != null || this.restUrl.getRawQuery() != null
				|| this.restUrl.getRawFragment() != null || !this.restUrl.getRawPath().matches("/?")) {
			problems.add(name + ".rest-url: must be scheme and host, perhaps with a port, and nothing else");
		}
		if (this.timeCheck.compareTo(SHORTEST_CHECK) < 0 || this.timeCheck.compareTo(LONGEST_CHECK) > 0) {
			problems.add(name + ".time-check: must be from " + SHORTEST_CHECK.toSeconds() + "s to "
					+ LONGEST_CHECK.toMinutes() + "m");
		}
		return problems;
	}

	/** A TokenRequest is good for whoever reads it on the wire. */
	private boolean isAllowed(String host) {
		return "https".equals(this.restUrl.getScheme())
				|| ("http".equals(this.restUrl.getScheme()) && LOOPBACK.contains(host));
	}

	/**
	 * Whose clock counts for {@code iat} and for revocations.
	 */
	public enum ClockSource {

		/** Ably's, as it was measured last. */
		ABLY,

		/** The one of this machine, and Ably is not asked. */
		OWN

	}

}
