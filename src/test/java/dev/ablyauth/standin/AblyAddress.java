package dev.ablyauth.standin;

import java.net.URI;

/**
 * Where Ably is for the SDKs of the tests: one host for REST and WebSocket.
 *
 * @param host the name or the address
 * @param port of both
 * @param tls whether both are encrypted
 */
public record AblyAddress(String host, int port, boolean tls) {

	private static final int HTTPS = 443;

	/**
	 * Reads the address of a REST API.
	 * @param rest {@code https} with a host, or {@code http} with a host and a port
	 * @return the address
	 * @throws IllegalArgumentException if it is anything else
	 */
	public static AblyAddress of(URI rest) {
		boolean tls = "https".equals(rest.getScheme());
		int port = (tls && rest.getPort() < 0) ? HTTPS : rest.getPort();
		if (rest.getHost() == null || port < 0 || !(tls || "http".equals(rest.getScheme()))) {
			throw new IllegalArgumentException("Not the address of a REST API: " + rest);
		}
		return new AblyAddress(rest.getHost(), port, tls);
	}

	/**
	 * Returns an address of the REST API.
	 * @param path with query
	 * @return the address
	 */
	public URI rest(String path) {
		return URI.create((this.tls ? "https" : "http") + "://" + this.host + ":" + this.port + path);
	}

}
