package dev.ablyauth.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.Skip;
import dev.ablyauth.TestServer;
import dev.ablyauth.live.AblyApp;
import dev.ablyauth.live.AppKey;
import dev.ablyauth.standin.NodeModules;
import dev.ablyauth.standin.ProductClient;
import dev.ablyauth.standin.ProductSdk;
import dev.ablyauth.standin.Refusal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server with a policy, an app at Ably, and clients of a product SDK that get their
 * tokens from the one and use them at the other.
 */
final class PresetServers implements AutoCloseable {

	private final AblyApp ably = AblyApp.open();

	private final TestServer server;

	PresetServers(String policy) {
		this.server = TestServer.startWith(policy, this.ably.settings(AppKey.WHOLE));
	}

	/** The folder with the SDKs, or the test is skipped. */
	static Path nodeModules() {
		Optional<Path> folder = NodeModules.folder();
		Skip.unless(folder.isPresent(), "no node and npm here, so the product SDKs cannot run");
		return folder.orElseThrow();
	}

	AblyApp ably() {
		return this.ably;
	}

	ProductClient connect(ProductSdk sdk, String user, String role) {
		return sdk.connect(this.ably.address(), this.server.uri("/api/ably-jwt"), headers(user, role));
	}

	static Map<String, String> headers(String user, String role) {
		return Map.of("Authorization", "Bearer " + TestServer.session(user, Map.of("roles", List.of(role))));
	}

	/** The code of the last refusal, where the stand-in can be asked for it. */
	void assertLastRefusal(int code) {
		this.ably.inside((standIn) -> assertThat(standIn.refused()).last().extracting(Refusal::code).isEqualTo(code));
	}

	@Override
	public void close() {
		this.server.close();
		this.ably.close();
	}

}
