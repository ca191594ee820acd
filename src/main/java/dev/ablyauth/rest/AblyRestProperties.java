package dev.ablyauth.rest;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How Ably's REST API is used.
 *
 * @param restUrl where it is: scheme and host, perhaps a port
 * @param discoverKeyCapability whether Ably is asked what the key may do
 */
public record AblyRestProperties(URI restUrl, boolean discoverKeyCapability) {

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
		return problems;
	}

	/** A TokenRequest is good for whoever reads it on the wire. */
	private boolean isAllowed(String host) {
		return "https".equals(this.restUrl.getScheme())
				|| ("http".equals(this.restUrl.getScheme()) && LOOPBACK.contains(host));
	}

}
