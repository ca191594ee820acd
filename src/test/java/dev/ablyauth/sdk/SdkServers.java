package dev.ablyauth.sdk;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;

/**
 * The server and the stand-in for Ably, with one key.
 */
final class SdkServers implements AutoCloseable {

	/** Long enough for a busy machine; nothing waits this long when all is well. */
	static final Duration SOON = Duration.ofSeconds(20);

	private final TestServer server = TestServer.start("ably-auth.sessions.jwt[1].issuer=" + Situation.DEAD_ISSUER,
			"ably-auth.sessions.jwt[1].audiences=my-app", "ably-auth.sessions.jwt[1].user-id-prefix=dead-",
			"ably-auth.sessions.jwt[1].jwks-uri=http://127.0.0.1:9/jwks");

	private final AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}");

	AblyStandIn ably() {
		return this.ably;
	}

	URI authUrl(String path) {
		return this.server.uri(path);
	}

	static Map<String, String> annsHeaders() {
		return Map.of("Authorization", "Bearer " + TestServer.ann());
	}

	@Override
	public void close() {
		this.server.close();
		this.ably.close();
	}

}
