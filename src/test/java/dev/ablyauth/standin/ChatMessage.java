package dev.ablyauth.standin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of a room in its last version, with the reactions to it.
 */
final class ChatMessage {

	static final int CREATE = 0;

	static final int UPDATE = 1;

	static final int DELETE = 2;

	private static final int SUMMARY = 4;

	private static final String[] ACTIONS = { "message.create", "message.update", "message.delete" };

	private final Map<String, Set<String>> reactions = new LinkedHashMap<>();

	private final String serial;

	private final String clientId;

	private final long timestamp;

	private int action = CREATE;

	private ObjectNode version = Json.object();

	private JsonNode content = Json.object();

	ChatMessage(String serial, String clientId, long timestamp, JsonNode content) {
		this.serial = serial;
		this.clientId = clientId;
		this.timestamp = timestamp;
		change(CREATE, serial, clientId, timestamp, content);
	}

	/** Makes another version of it, the text of which is empty after a deletion. */
	final void change(int newAction, String newSerial, String by, long now, JsonNode newContent) {
		this.action = newAction;
		this.version = Json.object().put("serial", newSerial).put("clientId", by).put("timestamp", now);
		this.content = newContent;
	}

	/**
	 * Counts everybody once per name: the distinct reactions, which are Chat's default.
	 */
	void react(String by, boolean adds, String name) {
		Set<String> all = this.reactions.computeIfAbsent(name, (key) -> new TreeSet<>());
		if (adds) {
			all.add(by);
		}
		else {
			all.remove(by);
		}
	}

	String serial() {
		return this.serial;
	}

	String clientId() {
		return this.clientId;
	}

	/** As the REST API answers it. */
	ObjectNode rest() {
		ObjectNode json = identified().put("action", ACTIONS[this.action]).put("text", text());
		json.set("metadata", part("metadata"));
		json.set("headers", part("headers"));
		json.putObject("reactions").set("distinct", summary());
		return json;
	}

	/** As it comes to the subscribers of the channel. */
	ObjectNode wire() {
		ObjectNode data = Json.object().put("text", text());
		data.set("metadata", part("metadata"));
		ObjectNode json = identified().put("action", this.action).put("name", "chat.message");
		json.put("data", data.toString()).put("encoding", "json");
		json.putObject("extras").set("headers", part("headers"));
		return json;
	}

	/** The summary of the reactions, as it comes to the subscribers of the channel. */
	ObjectNode summaryWire() {
		ObjectNode json = identified().put("action", SUMMARY).put("name", "chat.message");
		json.putObject("annotations").putObject("summary").set("reaction:distinct.v1", summary());
		return json;
	}

	private ObjectNode identified() {
		ObjectNode json = Json.object().put("serial", this.serial).put("clientId", this.clientId);
		json.put("timestamp", this.timestamp).set("version", this.version.deepCopy());
		return json;
	}

	private ObjectNode summary() {
		ObjectNode summary = Json.object();
		this.reactions.forEach((name, by) -> {
			ObjectNode entry = summary.putObject(name).put("total", by.size());
			by.forEach(entry.putArray("clientIds")::add);
		});
		return summary;
	}

	private String text() {
		return this.content.path("text").asString("");
	}

	private JsonNode part(String name) {
		return this.content.path(name).isObject() ? this.content.path(name).deepCopy() : Json.object();
	}

}
