package dev.ablyauth.standin;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The real ably-js in a Node process, driven by one JSON command per line and answering
 * with one JSON event per line. Every wait ends with an assertion error.
 */
public final class AblyJsClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final NodeProcess node;

	private AblyJsClient(NodeProcess node) {
		this.node = node;
	}

	/**
	 * Starts Node, not yet connected to anything.
	 * @param folder the folder from {@link NodeModules#folder()}
	 * @return the running client
	 */
	public static AblyJsClient start(Path folder) {
		return new AblyJsClient(NodeProcess.start(folder, "client.mjs"));
	}

	/**
	 * Connects with an authUrl.
	 * @param ably where Ably is
	 * @param authUrl the URL that the SDK calls on its own
	 * @param options further client options: authHeaders, authParams, authMethod,
	 * clientId, disconnectedRetryTimeout ...
	 */
	public void connectByAuthUrl(AblyAddress ably, URI authUrl, Map<String, ?> options) {
		ObjectNode command = connect(ably, options);
		((ObjectNode) command.path("clientOptions")).put("authUrl", authUrl.toString());
		send(command);
	}

	/**
	 * Connects with an authCallback that fetches a URL.
	 * @param ably where Ably is
	 * @param url the URL that the callback fetches
	 * @param headers headers of that call
	 * @param options further client options
	 */
	public void connectByCallback(AblyAddress ably, URI url, Map<String, String> headers, Map<String, ?> options) {
		ObjectNode command = connect(ably, options).put("callbackUrl", url.toString());
		command.set("callbackHeaders", Json.MAPPER.valueToTree(headers));
		send(command);
	}

	private static ObjectNode connect(AblyAddress ably, Map<String, ?> options) {
		ObjectNode command = command("connect");
		command.set("ably", Json.MAPPER.valueToTree(ably));
		command.set("clientOptions", Json.MAPPER.valueToTree(options));
		return command;
	}

	/**
	 * Attaches a channel. An event {@code attached} or {@code attachFailed} follows.
	 * @param channel the channel name
	 */
	public void attach(String channel) {
		send(command("attach").put("channel", channel));
	}

	/**
	 * Attaches a channel and waits until that is done.
	 * @param channel the channel name
	 */
	public void awaitAttached(String channel) {
		attach(channel);
		awaitEvent((event) -> is(event, "attached") && channel.equals(event.path("channel").asString()), PATIENCE);
	}

	/**
	 * Attaches a channel and waits for the refusal.
	 * @param channel the channel name
	 * @return the Ably error code
	 */
	public int attachErrorCode(String channel) {
		attach(channel);
		return awaitEvent((event) -> is(event, "attachFailed") && channel.equals(event.path("channel").asString()),
				PATIENCE)
			.path("code")
			.asInt();
	}

	/**
	 * Publishes a message. An event {@code published} or {@code publishFailed} follows.
	 * @param channel the channel name
	 * @param name the event name
	 * @param data the payload
	 */
	public void publish(String channel, String name, String data) {
		send(command("publish").put("channel", channel).put("name", name).put("data", data));
	}

	/**
	 * Asks for a new token. An event {@code authorized} or {@code authorizeFailed}
	 * follows.
	 */
	public void authorize() {
		send(command("authorize"));
	}

	/** Drops the events that nobody has awaited. */
	public void forgetEvents() {
		this.node.events().forget();
	}

	/**
	 * Every event so far, taken or not.
	 * @return the events in order
	 */
	public List<JsonNode> events() {
		return this.node.events().all();
	}

	/**
	 * Waits for an event and takes it: every event counts once.
	 * @param wanted which event
	 * @param longest how long to wait
	 * @return the event
	 */
	public JsonNode awaitEvent(Predicate<JsonNode> wanted, Duration longest) {
		return this.node.events().take(wanted, longest);
	}

	/**
	 * Waits for an event by its name and takes it.
	 * @param name the name in the member {@code event}
	 * @return the event
	 */
	public JsonNode awaitEvent(String name) {
		return awaitEvent((event) -> is(event, name), PATIENCE);
	}

	/**
	 * Waits for a change to that connection state and takes it.
	 * @param state the state, such as {@code connected}
	 * @param longest how long to wait
	 * @return the event with its reason
	 */
	public JsonNode awaitState(String state, Duration longest) {
		return awaitEvent((event) -> is(event, "state") && state.equals(event.path("current").asString()), longest);
	}

	private static boolean is(JsonNode event, String name) {
		return name.equals(event.path("event").asString());
	}

	private static ObjectNode command(String name) {
		return NodeProcess.command(name);
	}

	private void send(ObjectNode command) {
		this.node.send(command);
	}

	@Override
	public void close() {
		this.node.close();
	}

}
