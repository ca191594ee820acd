package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.NodeModules;
import dev.ablyauth.standin.ProductClient;
import dev.ablyauth.standin.ProductSdk;

/**
 * The server with a policy, the stand-in for Ably, and clients of a product SDK that get
 * their tokens from the one and use them at the other.
 */
final class PresetServers implements AutoCloseable {

	private final AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}");

	private final TestServer server;

	PresetServers(String policy) {
		this.server = TestServer.startWith(policy);
	}

	/** The folder with the SDKs, or the test is skipped. */
	static Path nodeModules() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so the product SDKs cannot run");
		return folder.orElseThrow();
	}

	AblyStandIn ably() {
		return this.ably;
	}

	ProductClient connect(ProductSdk sdk, String user, String role) {
		return sdk.connect(this.ably.port(), this.server.uri("/api/ably-jwt"), headers(user, role));
	}

	static Map<String, String> headers(String user, String role) {
		return Map.of("Authorization", "Bearer " + TestServer.session(user, Map.of("roles", List.of(role))));
	}

	@Override
	public void close() {
		this.server.close();
		this.ably.close();
	}

}
