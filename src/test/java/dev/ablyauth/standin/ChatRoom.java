package dev.ablyauth.standin;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of a room, and the news of them for the subscribers of its channel.
 */
final class ChatRoom {

	private final Map<String, ChatMessage> messages = new LinkedHashMap<>();

	private final String channel;

	private final Channels channels;

	private final Clock clock;

	ChatRoom(String name, Channels channels, Clock clock) {
		this.channel = name + "::$chat";
		this.channels = channels;
		this.clock = clock;
	}

	String channel() {
		return this.channel;
	}

	synchronized ChatMessage message(String serial) {
		ChatMessage message = this.messages.get(serial);
		if (message == null) {
			throw new Refused(40400, 404, "No such message");
		}
		return message;
	}

	synchronized ObjectNode send(String clientId, JsonNode content) {
		ChatMessage message = new ChatMessage(this.channels.nextSerial(), clientId, this.clock.millis(), content);
		this.messages.put(message.serial(), message);
		publish(Wire.MESSAGE, "messages", message.wire());
		return message.rest();
	}

	synchronized ObjectNode change(ChatMessage message, int action, String clientId, JsonNode content) {
		message.change(action, this.channels.nextSerial(), clientId, this.clock.millis(), content);
		publish(Wire.MESSAGE, "messages", message.wire());
		return message.rest();
	}

	/** Adds or takes back a reaction: the annotation goes out, then the new summary. */
	synchronized ObjectNode react(ChatMessage message, String clientId, boolean adds, String type, String name) {
		if (!type.equals("distinct") || name.isEmpty()) {
			throw new Refused(40000, 400, "The stand-in knows distinct reactions with a name only");
		}
		message.react(clientId, adds, name);
		ObjectNode annotation = Json.object().put("action", adds ? 0 : 1).put("type", "reaction:distinct.v1");
		annotation.put("name", name).put("clientId", clientId).put("messageSerial", message.serial());
		publish(Wire.ANNOTATION, "annotations", annotation.put("serial", this.channels.nextSerial()));
		publish(Wire.MESSAGE, "messages", message.summaryWire());
		return Json.object().put("serial", message.serial());
	}

	/** Newest first, from a serial on. */
	synchronized ArrayNode history(String fromSerial) {
		List<ChatMessage> newestFirst = new ArrayList<>(this.messages.values());
		Collections.reverse(newestFirst);
		ArrayNode page = Json.MAPPER.createArrayNode();
		newestFirst.stream()
			.filter((message) -> message.serial().compareTo(fromSerial) <= 0)
			.forEach((message) -> page.add(message.rest()));
		return page;
	}

	private void publish(int action, String member, ObjectNode item) {
		ObjectNode message = Wire.onChannel(action, this.channel).put("timestamp", this.clock.millis());
		message.putArray(member).add(item);
		this.channels.publish(null, message);
	}

}
