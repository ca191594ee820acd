package dev.ablyauth.standin;

import java.util.Collection;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol messages the stand-in sends. Spec: TR2 for the actions.
 */
final class Wire {

	static final int HEARTBEAT = 0;

	static final int ACK = 1;

	static final int NACK = 2;

	static final int CONNECTED = 4;

	static final int DISCONNECTED = 6;

	static final int CLOSE = 7;

	static final int CLOSED = 8;

	static final int ERROR = 9;

	static final int ATTACH = 10;

	static final int ATTACHED = 11;

	static final int DETACH = 12;

	static final int DETACHED = 13;

	static final int PRESENCE = 14;

	static final int MESSAGE = 15;

	static final int SYNC = 16;

	static final int AUTH = 17;

	static final int OBJECT = 19;

	static final int ANNOTATION = 21;

	/** Says in ATTACHED that a SYNC follows. Spec: TR3a. */
	static final int HAS_PRESENCE = 1;

	private Wire() {
	}

	static ObjectNode action(int action) {
		return Json.object().put("action", action);
	}

	static ObjectNode onChannel(int action, String channel) {
		return action(action).put("channel", channel);
	}

	/** A PRESENCE or, all in one message, a SYNC. */
	static ObjectNode presence(int action, String channel, Collection<ObjectNode> members) {
		ObjectNode message = onChannel(action, channel);
		message.putArray("presence").addAll(members);
		return message;
	}

	static ObjectNode error(int action, Refusal refusal) {
		ObjectNode message = action(action);
		message.set("error", Json.error(refusal));
		return message;
	}

	/** An idle interval of zero switches the heartbeat check of the clients off. */
	static ObjectNode connected(String connectionId, @Nullable String clientId) {
		String key = connectionId + "!key";
		ObjectNode message = action(CONNECTED).put("connectionId", connectionId).put("connectionKey", key);
		ObjectNode details = message.putObject("connectionDetails");
		details.put("connectionKey", key)
			.put("maxMessageSize", 65536)
			.put("maxInboundRate", 250)
			.put("maxFrameSize", 262144)
			.put("maxIdleInterval", 0)
			.put("connectionStateTtl", 120000)
			.put("serverId", "stand-in");
		if (clientId != null) {
			details.put("clientId", clientId);
		}
		return message;
	}

	static ObjectNode ack(JsonNode received, int messages) {
		ObjectNode ack = action(ACK).put("msgSerial", received.path("msgSerial").asLong(0)).put("count", 1);
		ArrayNode serials = ack.putArray("res").addObject().putArray("serials");
		for (int i = 0; i < messages; i++) {
			serials.add("serial-" + received.path("msgSerial").asLong(0) + "-" + i);
		}
		return ack;
	}

	static ObjectNode nack(JsonNode received, Refusal refusal) {
		return error(NACK, refusal).put("msgSerial", received.path("msgSerial").asLong(0)).put("count", 1);
	}

}
