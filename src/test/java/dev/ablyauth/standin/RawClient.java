package dev.ablyauth.standin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A connection to Ably or its stand-in without any SDK.
 */
public final class RawClient implements WebSocket.Listener {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final EventLog<JsonNode> received = new EventLog<>();

	private final StringBuilder text = new StringBuilder();

	private final WebSocket socket;

	/**
	 * Connects.
	 * @param http opens the socket
	 * @param ably where Ably is
	 * @param token in the query
	 * @param query more of it, beginning with an ampersand, or empty
	 */
	public RawClient(HttpClient http, AblyAddress ably, String token, String query) {
		String rest = ably.rest("/?format=json&v=6&access_token=" + token + query).toString();
		URI uri = URI.create(rest.replaceFirst("^http", "ws"));
		this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
	}

	/**
	 * Sends a protocol message.
	 * @param message its JSON
	 */
	public void send(String message) {
		this.socket.sendText(message, true).join();
	}

	/**
	 * Waits for the next protocol message.
	 * @return the message
	 */
	public JsonNode next() {
		return this.received.take((message) -> true, SOON);
	}

	/**
	 * Waits for the next protocol message of that action, whatever else has come.
	 * @param action its number
	 * @return the message
	 */
	public JsonNode next(int action) {
		return this.received.take((message) -> message.path("action").asInt() == action, SOON);
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
		this.text.append(part);
		if (last) {
			this.received.add(Json.MAPPER.readTree(this.text.toString()));
			this.text.setLength(0);
		}
		from.request(1);
		return null;
	}

}
