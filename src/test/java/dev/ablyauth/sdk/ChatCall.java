package dev.ablyauth.sdk;

import java.util.List;
import java.util.Map;

/**
 * The calls of the Chat SDK, each with the features that must allow it, where the others
 * in the room notice it, and the operations without any of which it is refused.
 */
enum ChatCall {

	SEND("send", "messages.send", "messages.subscribe", "publish"),

	HISTORY("history", "messages.history", "", "history", "subscribe"),

	ENTER("presence", "presence.enter", "presence.subscribe", "presence"),

	KEYSTROKE("typing", "typing.keystroke", "typing.subscribe", "publish"),

	REACT_IN_ROOM("room-reactions, reactions", "reactions.send", "reactions.subscribe", "publish"),

	REACT("message-reactions, reactions", "messages.reactions.send", "messages.reactions.subscribe",
			"annotation-publish"),

	TAKE_REACTION_BACK("message-reactions, reactions", "messages.reactions.delete", "messages.reactions.subscribe",
			"annotation-publish"),

	OCCUPANCY("occupancy", "occupancy.get", "", "channel-metadata", "subscribe"),

	UPDATE_OWN("update-own, update-any", "messages.update", "messages.subscribe",
			"message-update-own message-update-any"),

	UPDATE_ANOTHERS("update-any", "messages.update", "messages.subscribe", "message-update-any"),

	DELETE_OWN("delete-own, delete-any", "messages.delete", "messages.subscribe",
			"message-delete-own message-delete-any"),

	DELETE_ANOTHERS("delete-any", "messages.delete", "messages.subscribe", "message-delete-any");

	@SuppressWarnings("ImmutableEnumChecker") // lists that cannot be changed
	private final List<String> features;

	private final String path;

	private final String noticedBy;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> losses;

	ChatCall(String features, String path, String noticedBy, String... losses) {
		this.features = List.of(features.split(", "));
		this.path = path;
		this.noticedBy = noticedBy;
		this.losses = List.of(losses);
	}

	List<String> features() {
		return this.features;
	}

	/** The method of the room. */
	String path() {
		return this.path;
	}

	/** The listener that hears of it, or empty where the call is answered. */
	String noticedBy() {
		return this.noticedBy;
	}

	/** Operations, each of which is taken away alone, or with a blank: together. */
	List<String> losses() {
		return this.losses;
	}

	/** Calls over the connection; the others are REST calls and need no attached room. */
	boolean realtime() {
		return this == ENTER || this == KEYSTROKE || this == REACT_IN_ROOM;
	}

	Object[] args(String ownMessage, String anothersMessage) {
		return switch (this) {
			case SEND -> new Object[] { Map.of("text", "hello") };
			case HISTORY -> new Object[] { Map.of("limit", 10) };
			case ENTER, KEYSTROKE, OCCUPANCY -> new Object[0];
			case REACT_IN_ROOM -> new Object[] { Map.of("name", "like") };
			case REACT, TAKE_REACTION_BACK -> new Object[] { anothersMessage, Map.of("name", "heart") };
			case UPDATE_OWN -> new Object[] { ownMessage, Map.of("text", "changed") };
			case UPDATE_ANOTHERS -> new Object[] { anothersMessage, Map.of("text", "changed") };
			case DELETE_OWN -> new Object[] { ownMessage };
			case DELETE_ANOTHERS -> new Object[] { anothersMessage };
		};
	}

	/** What tells in the answer or in the notice that it was done. */
	String trace() {
		return switch (this) {
			case TAKE_REACTION_BACK -> "\"total\":0";
			case OCCUPANCY -> "\"presenceMembers\":";
			case UPDATE_OWN, UPDATE_ANOTHERS -> "\"text\":\"changed\"";
			case DELETE_OWN, DELETE_ANOTHERS -> "\"action\":\"message.delete\"";
			default -> "\"ann\"";
		};
	}

}
