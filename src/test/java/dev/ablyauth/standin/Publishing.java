package dev.ablyauth.standin;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something a client wants to publish: messages, presence, annotations or objects.
 *
 * @param message the protocol message as received
 * @param identity the clientId of the connection, {@code *} for the wildcard, null for an
 * anonymous one
 */
record Publishing(JsonNode message, @Nullable String identity) {

	private static final String CLIENT_ID = "clientId";

	/** Refuses an identity that is not the publisher's, and presence without one. */
	void requireIdentity() {
		boolean presence = this.message.path("action").asInt() == Wire.PRESENCE;
		for (JsonNode item : items()) {
			String named = item.path(CLIENT_ID).asString("");
			boolean nobody = this.identity == null || ("*".equals(this.identity) && named.isEmpty());
			if (presence && nobody) {
				throw new Refused(40161, 401, "Presence needs an identified client");
			}
			if (!named.isEmpty() && !"*".equals(this.identity) && !named.equals(this.identity)) {
				throw new Refused(40012, 400, "The clientId is not the one of the connection");
			}
		}
	}

	int count() {
		return items().size();
	}

	/** The message as subscribers get it. */
	ObjectNode delivery(String connectionId) {
		ObjectNode delivery = (ObjectNode) this.message.deepCopy();
		String id = connectionId + ":" + this.message.path("msgSerial").asLong(0);
		long now = System.currentTimeMillis();
		int index = 0;
		for (JsonNode item : delivery.path(member())) {
			((ObjectNode) item).put("id", id + ":" + index).put("connectionId", connectionId).put("timestamp", now);
			if (this.identity != null && !"*".equals(this.identity)) {
				((ObjectNode) item).put(CLIENT_ID, this.identity);
			}
			index++;
		}
		delivery.remove("msgSerial");
		return delivery.put("id", id).put("connectionId", connectionId).put("timestamp", now);
	}

	private JsonNode items() {
		return this.message.path(member());
	}

	private String member() {
		return switch (this.message.path("action").asInt()) {
			case Wire.PRESENCE -> "presence";
			case Wire.ANNOTATION -> "annotations";
			case Wire.OBJECT -> "state";
			default -> "messages";
		};
	}

}
