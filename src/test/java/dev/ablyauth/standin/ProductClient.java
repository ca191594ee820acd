package dev.ablyauth.standin;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One client of a product SDK. It works in the room or the space that it opened last;
 * calls and listeners are named as members of it, such as {@code messages.send}.
 */
public final class ProductClient implements AutoCloseable {

	private final ProductSdk sdk;

	private final String name;

	private final String clientId;

	private String opened = "";

	ProductClient(ProductSdk sdk, String name, String clientId) {
		this.sdk = sdk;
		this.name = name;
		this.clientId = clientId;
	}

	/**
	 * The clientId that the SDK took from the token.
	 * @return the clientId
	 */
	public String clientId() {
		return this.clientId;
	}

	/**
	 * Gets a room or a space.
	 * @param roomOrSpace its bare name
	 * @param options the options of a room
	 */
	public void open(String roomOrSpace, Map<String, ?> options) {
		this.opened = roomOrSpace;
		succeed(this.sdk.ask(command("open").set("options", Json.MAPPER.valueToTree(options))));
	}

	/**
	 * Calls the SDK, which must succeed.
	 * @param path the method
	 * @param args its arguments
	 * @return what it gave back; of a page its items
	 */
	public JsonNode call(String path, Object... args) {
		return succeed(this.sdk.ask(callOf(path, args)));
	}

	/**
	 * Calls the SDK, which must fail.
	 * @param path the method
	 * @param args its arguments
	 * @return the Ably error code
	 */
	public int refusal(String path, Object... args) {
		JsonNode answer = this.sdk.ask(callOf(path, args));
		assertThat(answer.has("error")).as("%s should be refused but gave %s", path, answer).isTrue();
		return answer.path("error").path("code").asInt();
	}

	/**
	 * Calls the SDK, which may succeed or fail.
	 * @param path the method
	 * @param args its arguments
	 * @return {@code done}, {@code no answer} or the Ably error code
	 */
	public String end(String path, Object... args) {
		JsonNode answer = this.sdk.ask(callOf(path, args));
		if (answer.has("error")) {
			return answer.path("error").path("code").asString("");
		}
		return "no answer".equals(answer.path("result").asString("")) ? "no answer" : "done";
	}

	/**
	 * Calls the SDK, which must neither succeed nor fail for half a second.
	 * @param path the method
	 * @param args its arguments
	 */
	public void callWithoutEnd(String path, Object... args) {
		JsonNode answer = this.sdk.ask(callOf(path, args).put("patience", 500));
		assertThat(answer.path("result").asString("")).as(answer.toString()).isEqualTo("no answer");
	}

	private ObjectNode callOf(String path, Object... args) {
		ObjectNode command = command("call").put("path", path);
		command.set("args", Json.MAPPER.<ArrayNode>valueToTree(List.of(args)));
		return command;
	}

	/**
	 * Registers a listener.
	 * @param path the method that takes it
	 */
	public void listen(String path) {
		succeed(this.sdk.ask(command("listen").put("path", path)));
	}

	/**
	 * Waits until a listener has heard something.
	 * @param path the method that took the listener
	 * @return what it heard
	 */
	public JsonNode awaitHeard(String path) {
		return this.sdk.await(heardBy(path)).path("heard");
	}

	/**
	 * Whether a listener has heard anything that nobody has awaited.
	 * @param path the method that took the listener
	 * @return whether it did
	 */
	public boolean heard(String path) {
		return this.sdk.waiting(heardBy(path));
	}

	/**
	 * Whether a listener has heard of somebody, in what nobody has awaited.
	 * @param path the method that took the listener
	 * @param of the one whose clientId is in the event
	 * @return whether it did
	 */
	public boolean heard(String path, ProductClient of) {
		String clientId = "\"" + of.clientId + "\"";
		return this.sdk.waiting(heardBy(path).and((event) -> event.path("heard").toString().contains(clientId)));
	}

	/**
	 * Waits until the stand-in has done what this client sent, and this client has got
	 * what was sent to it.
	 */
	public void settle() {
		succeed(this.sdk.ask(command("settle")));
	}

	private Predicate<JsonNode> heardBy(String path) {
		return (event) -> "heard".equals(event.path("event").asString(""))
				&& this.name.equals(event.path("client").asString(""))
				&& this.opened.equals(event.path("name").asString("")) && path.equals(event.path("path").asString(""));
	}

	/**
	 * Reads a member.
	 * @param path the member
	 * @return its value, JSON null if it has none
	 */
	public JsonNode get(String path) {
		return succeed(this.sdk.ask(command("get").put("path", path)));
	}

	/**
	 * Takes another token on the same connection.
	 * @param authHeaders the headers of the call that fetches it
	 */
	public void reauthorize(Map<String, String> authHeaders) {
		succeed(this.sdk.ask(command("reauthorize").set("authHeaders", Json.MAPPER.valueToTree(authHeaders))));
	}

	private ObjectNode command(String command) {
		return NodeProcess.command(command).put("client", this.name).put("name", this.opened);
	}

	private static JsonNode succeed(JsonNode answer) {
		assertThat(answer.has("error")).as(answer.toString()).isFalse();
		assertThat(answer.path("result").asString("")).as(answer.toString()).isNotEqualTo("no answer");
		return answer.path("result");
	}

	@Override
	public void close() {
		succeed(this.sdk.ask(command("disconnect")));
	}

}
