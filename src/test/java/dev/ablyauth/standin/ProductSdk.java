package dev.ablyauth.standin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A product SDK from npm, Chat or Spaces, in a Node process that holds as many clients as
 * a test connects. Every wait ends with an assertion error.
 */
public final class ProductSdk implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AtomicInteger commands = new AtomicInteger();

	private final AtomicInteger clients = new AtomicInteger();

	private final NodeProcess node;

	private ProductSdk(NodeProcess node) {
		this.node = node;
	}

	/**
	 * Starts the Chat SDK.
	 * @param folder the folder from {@link NodeModules#folder()}
	 * @return the SDK, without any client
	 */
	public static ProductSdk chat(Path folder) {
		return new ProductSdk(NodeProcess.start(folder, "chat.mjs"));
	}

	/**
	 * Starts the Spaces SDK.
	 * @param folder the folder from {@link NodeModules#folder()}
	 * @return the SDK, without any client
	 */
	public static ProductSdk spaces(Path folder) {
		return new ProductSdk(NodeProcess.start(folder, "spaces.mjs"));
	}

	/**
	 * Connects a client that gets its tokens by an authUrl.
	 * @param ably where Ably is
	 * @param authUrl the URL that the SDK calls on its own
	 * @param authHeaders the headers of that call
	 * @return the connected client
	 */
	public ProductClient connect(AblyAddress ably, URI authUrl, Map<String, String> authHeaders) {
		String name = "client-" + this.clients.incrementAndGet();
		ObjectNode command = NodeProcess.command("connect").put("client", name);
		command.put("authUrl", authUrl.toString()).set("ably", Json.MAPPER.valueToTree(ably));
		command.set("authHeaders", Json.MAPPER.valueToTree(authHeaders));
		JsonNode answer = ask(command);
		assertThat(answer.has("error")).as(answer.toString()).isFalse();
		return new ProductClient(this, name, answer.path("result").asString(""));
	}

	/** Sends a command and waits for its answer, which has a result or an error. */
	JsonNode ask(ObjectNode command) {
		int id = this.commands.incrementAndGet();
		this.node.send(command.put("id", id));
		return await((event) -> id == event.path("id").asInt(0));
	}

	JsonNode await(Predicate<JsonNode> wanted) {
		return this.node.events().take(wanted, PATIENCE);
	}

	/**
	 * Waits for an error that the SDK gave to nobody, as it happens when it does not wait
	 * for a call of its own.
	 * @param code the Ably error code
	 */
	public void awaitUnhandled(int code) {
		await((event) -> "unhandledRejection".equals(event.path("event").asString(""))
				&& code == event.path("error").path("code").asInt(0));
	}

	boolean waiting(Predicate<JsonNode> wanted) {
		return this.node.events().waiting().stream().anyMatch(wanted);
	}

	/** Drops the events that nobody has awaited. */
	public void forgetEvents() {
		this.node.events().forget();
	}

	@Override
	public void close() {
		this.node.close();
	}

}
