package dev.ablyauth.standin;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A connection to the stand-in without any SDK.
 */
final class RawClient implements WebSocket.Listener {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final EventLog<JsonNode> received = new EventLog<>();

	private final StringBuilder text = new StringBuilder();

	private final WebSocket socket;

	RawClient(HttpClient http, int port, String token, String query) {
		URI uri = URI.create("ws://127.0.0.1:" + port + "/?format=json&v=6&access_token=" + token + query);
		this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
	}

	void send(String message) {
		this.socket.sendText(message, true).join();
	}

	/** The next protocol message. */
	JsonNode next() {
		return this.received.take((message) -> true, SOON);
	}

	/** The next protocol message of that action, whatever else has come. */
	JsonNode next(int action) {
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
