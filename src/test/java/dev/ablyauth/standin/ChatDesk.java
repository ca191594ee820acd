package dev.ablyauth.standin;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * Chat's REST API, version 4, as far as the Chat SDK calls it for the features of a room.
 * Shapes: open-specs/chat.yaml in Ably's docs and rest-types.ts of the SDK.
 *
 * <p>
 * Ably's page on Chat authentication lists operations by feature and not by call. Where a
 * feature lists two and one call might do with one of them (history, occupancy), the call
 * is refused here unless both are granted.
 */
final class ChatDesk {

	private static final Pattern PATH = Pattern
		.compile("/chat/v4/rooms/([^/]+)/(messages|occupancy)(?:/([^/]+))?(/delete|/reactions)?");

	private final Map<String, ChatRoom> rooms = new ConcurrentHashMap<>();

	private final Channels channels;

	private final Clock clock;

	ChatDesk(Channels channels, Clock clock) {
		this.channels = channels;
		this.clock = clock;
	}

	JsonNode answer(RestCall call, VerifiedToken token) {
		Matcher path = PATH.matcher(call.path());
		if (!path.matches()) {
			throw new Refused(40400, 404, "Not found");
		}
		ChatRoom room = this.rooms.computeIfAbsent(path.group(1),
				(name) -> new ChatRoom(name, this.channels, this.clock));
		ChatCaller caller = new ChatCaller(room.channel(), token);
		String what = call.method() + " " + path.group(2);
		if (path.group(3) == null) {
			return ofRoom(what, room, caller, call);
		}
		String more = (path.group(4) != null) ? path.group(4) : "";
		return ofMessage(what + more, room, room.message(path.group(3)), caller, call);
	}

	private JsonNode ofRoom(String what, ChatRoom room, ChatCaller caller, RestCall call) {
		return switch (what) {
			case "POST messages" -> {
				caller.require("publish");
				yield room.send(caller.identity(), call.json());
			}
			case "GET messages" -> {
				caller.require("subscribe", "history");
				yield room.history(call.param("fromSerial", "~"));
			}
			case "GET occupancy" -> {
				caller.require("subscribe", "channel-metadata");
				yield this.channels.occupancy(room.channel());
			}
			default -> throw new Refused(40400, 404, "Not found");
		};
	}

	private static JsonNode ofMessage(String what, ChatRoom room, ChatMessage message, ChatCaller caller,
			RestCall call) {
		return switch (what) {
			case "PUT messages" -> {
				caller.requireMay("update", message);
				yield room.change(message, ChatMessage.UPDATE, caller.identity(), call.json().path("message"));
			}
			case "POST messages/delete" -> {
				caller.requireMay("delete", message);
				yield room.change(message, ChatMessage.DELETE, caller.identity(), Json.object());
			}
			case "POST messages/reactions" -> {
				caller.require("annotation-publish");
				JsonNode reaction = call.json();
				yield room.react(message, caller.identity(), true, reaction.path("type").asString(""),
						reaction.path("name").asString(""));
			}
			case "DELETE messages/reactions" -> {
				caller.require("annotation-publish");
				yield room.react(message, caller.identity(), false, call.param("type", ""), call.param("name", ""));
			}
			default -> throw new Refused(40400, 404, "Not found");
		};
	}

}
