package dev.ablyauth.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks a running server whether it is ready, for containers in which there is no shell
 * and no curl. It is a program of its own, because a JVM that loads nothing else has the
 * answer in a fraction of the time that a command needs.
 */
public final class HealthProbe {

	private static final String HERE = "http://127.0.0.1:8080/readyz";

	private static final int LONGEST_MILLIS = 3000;

	private HealthProbe() {
	}

	/**
	 * Asks, and ends with 0 if the answer was 200, else with 1.
	 * @param args where to ask; default {@value #HERE}
	 */
	public static void main(String[] args) {
		System.exit(isReady((args.length > 0) ? args[0] : HERE) ? 0 : 1);
	}

	static boolean isReady(String address) {
		try {
			if (URI.create(address).toURL().openConnection() instanceof HttpURLConnection connection) {
				connection.setConnectTimeout(LONGEST_MILLIS);
				connection.setReadTimeout(LONGEST_MILLIS);
				connection.setInstanceFollowRedirects(false);
				return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
			}
			return false;
		}
		catch (IOException | IllegalArgumentException ex) {
			return false;
		}
	}

}
