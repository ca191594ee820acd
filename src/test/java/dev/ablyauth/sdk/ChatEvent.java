package dev.ablyauth.sdk;

import java.util.List;
import java.util.Map;

/**
 * The listeners of the Chat SDK, each with the features that must allow it, the call of
 * somebody else that it hears of, and the operation without which it hears nothing.
 */
enum ChatEvent {

	MESSAGE("receive", "messages.subscribe", ChatCall.SEND, "subscribe", "subscribe"),

	PRESENCE("presence", "presence.subscribe", ChatCall.ENTER, "subscribe", "presence_subscribe"),

	TYPING("typing", "typing.subscribe", ChatCall.KEYSTROKE, "subscribe", "subscribe"),

	ROOM_REACTION("room-reactions, reactions", "reactions.subscribe", ChatCall.REACT_IN_ROOM, "subscribe", "subscribe"),

	MESSAGE_REACTION("message-reactions, reactions", "messages.reactions.subscribe", ChatCall.REACT, "subscribe",
			"subscribe"),

	RAW_MESSAGE_REACTION("message-reactions, reactions", "messages.reactions.subscribeRaw", ChatCall.REACT,
			"annotation-subscribe", "annotation_subscribe"),

	OCCUPANCY("occupancy", "occupancy.subscribe", ChatCall.ENTER, "subscribe", "subscribe");

	@SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed
	private final List<String> features;

	private final String path;

	private final ChatCall call;

	private final String loss;

	private final String mode;

	ChatEvent(String features, String path, ChatCall call, String loss, String mode) {
		this.features = List.of(features.split(", "));
		this.path = path;
		this.call = call;
		this.loss = loss;
		this.mode = mode;
	}

	List<String> features() {
		return this.features;
	}

	/** The method of the room that takes the listener. */
	String path() {
		return this.path;
	}

	ChatCall call() {
		return this.call;
	}

	/** The operation without which nothing is heard. */
	String loss() {
		return this.loss;
	}

	/** The channel mode that the operation grants. */
	String mode() {
		return this.mode;
	}

	/** The options of the room: what the SDK leaves off by default is on where needed. */
	Map<String, ?> options() {
		return Map.of("messages", Map.of("rawMessageReactions", this == RAW_MESSAGE_REACTION), "occupancy",
				Map.of("enableEvents", this == OCCUPANCY));
	}

}
