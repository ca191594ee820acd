package dev.ablyauth.faults;

import java.util.stream.Stream;

/**
 * The settings of a server at a PostgreSQL of the tests.
 */
final class StoreSettings {

	private StoreSettings() {
	}

	static String[] at(String url, String... more) {
		return Stream
			.concat(Stream.of("ably-auth.deny-list.url=" + url, "ably-auth.deny-list.username=postgres"),
					Stream.of(more))
			.toArray(String[]::new);
	}

}
