package dev.ablyauth.rest;

import java.net.URI;
import java.time.Clock;

import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.issuing.TestRequests;

/**
 * What revokes tokens in the server, for tests of other rooms.
 */
public final class TestRevokers implements AutoCloseable {

	private final AblyRestApi api;

	/**
	 * Prepares calls.
	 * @param port of the stand-in for Ably
	 */
	public TestRevokers(int port) {
		this.api = new AblyRestApi(URI.create("http://127.0.0.1:" + port), TestRequests.CAPABILITIES,
				Clock.systemUTC());
	}

	/**
	 * Returns what revokes the tokens of a key.
	 * @param key the API key
	 * @return a revoker
	 */
	public TokenRevoker of(String key) {
		return this.api.revoker(key);
	}

	@Override
	public void close() {
		this.api.close();
	}

}
