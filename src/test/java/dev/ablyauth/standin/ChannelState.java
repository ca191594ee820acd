package dev.ablyauth.standin;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a channel remembers: who is present, and what was published, newest first.
 */
final class ChannelState {

	private static final int PRESENT = 1;

	private static final int LEAVE = 3;

	private final Map<String, ObjectNode> members = new LinkedHashMap<>();

	private final Deque<JsonNode> messages = new ArrayDeque<>();

	private final Deque<JsonNode> presence = new ArrayDeque<>();

	/** Takes in what goes out to the subscribers. Annotations are not kept here. */
	void keep(ObjectNode delivery) {
		delivery.path("presence").forEach(this::keepPresence);
		for (JsonNode message : delivery.path("messages")) {
			if (!message.path("extras").path("ephemeral").asBoolean(false)) {
				this.messages.addFirst(message);
			}
		}
	}

	private void keepPresence(JsonNode item) {
		String member = item.path("clientId").asString("") + ":" + item.path("connectionId").asString("");
		if (item.path("action").asInt() == LEAVE) {
			this.members.remove(member);
		}
		else {
			this.members.put(member, ((ObjectNode) item.deepCopy()).put("action", PRESENT));
		}
		this.presence.addFirst(item);
	}

	Collection<ObjectNode> members() {
		return List.copyOf(this.members.values());
	}

	/**
	 * The members of a connection that goes, as they leave. Without an id they count by
	 * their time. Spec: RTP2b1.
	 */
	List<ObjectNode> leaving(String connectionId, long timestamp) {
		return this.members.values()
			.stream()
			.filter((member) -> connectionId.equals(member.path("connectionId").asString("")))
			.map((member) -> member.deepCopy().put("action", LEAVE).put("timestamp", timestamp))
			.peek((member) -> member.remove("id"))
			.toList();
	}

	Collection<JsonNode> messages() {
		return List.copyOf(this.messages);
	}

	Collection<JsonNode> presence() {
		return List.copyOf(this.presence);
	}

}
