package dev.ablyauth.sdk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.ablyauth.standin.ProductClient;
import dev.ablyauth.standin.ProductSdk;

/**
 * Spaces with bob in them, who may do everything, and ann, who may do what her role says.
 * The Spaces SDK attaches a space on its own.
 */
final class SpaceStage implements AutoCloseable {

	static final PresetPolicy POLICY = new PresetPolicy("space", "board:*",
			List.of("publish", "subscribe", "presence", "history"));

	private static final Map<String, ?> NO_OPTIONS = Map.of();

	private final AtomicInteger spaces = new AtomicInteger();

	private final ProductSdk sdk = ProductSdk.spaces(PresetServers.nodeModules());

	private final PresetServers servers = new PresetServers(
			POLICY.text(PresetTable.features(POLICY.product()), POLICY.operations()));

	private final ProductClient bob = this.servers.connect(this.sdk, "bob", PresetPolicy.EVERYTHING);

	private String space = "";

	/** Begins a new space, which bob enters. */
	void next() {
		this.sdk.forgetEvents();
		this.space = "board:" + this.spaces.incrementAndGet();
		this.bob.open(this.space, NO_OPTIONS);
		this.bob.call("enter");
	}

	ProductClient bob() {
		return this.bob;
	}

	ProductSdk sdk() {
		return this.sdk;
	}

	PresetServers servers() {
		return this.servers;
	}

	/** Connects ann, who attaches the space. */
	ProductClient open(String role) {
		ProductClient ann = this.servers.connect(this.sdk, "ann", role);
		ann.open(this.space, NO_OPTIONS);
		ann.call("channel.attach");
		return ann;
	}

	/** Connects ann, who enters the space. */
	ProductClient enter(String role) {
		ProductClient ann = open(role);
		ann.call("enter");
		return ann;
	}

	/**
	 * Gives ann a token without an operation, on the connection that she has. The SDK
	 * lets nobody call anything in a space that was not entered, and to enter takes the
	 * operation that most calls need: so it is taken away from one who is in.
	 */
	void takeAway(ProductClient ann, String operation) {
		ann.reauthorize(PresetServers.headers(ann.clientId(), PresetPolicy.allBut(operation)));
	}

	@Override
	public void close() {
		this.sdk.close();
		this.servers.close();
	}

}
