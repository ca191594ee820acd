package dev.ablyauth.standin;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The REST calls that need a token: the history of a channel here, Chat in the rooms.
 */
final class ResourceDesk {

	private static final Pattern HISTORY = Pattern.compile("/channels/([^/]+)/(messages|presence/history)");

	private final TokenCheck tokens;

	private final Channels channels;

	private final ChatDesk chat;

	ResourceDesk(TokenCheck tokens, Channels channels, ChatDesk chat) {
		this.tokens = tokens;
		this.channels = channels;
		this.chat = chat;
	}

	JsonNode answer(RestCall call) {
		Matcher history = HISTORY.matcher(call.path());
		if (history.matches() && call.method().equals("GET")) {
			this.tokens.verify(call.token()).require(history.group(1), "history");
			ChannelState state = this.channels.state(history.group(1));
			return page(history.group(2).equals("messages") ? state.messages() : state.presence());
		}
		if (call.path().startsWith("/chat/")) {
			return this.chat.answer(call, this.tokens.verify(call.token()));
		}
		throw new Refused(40400, 404, "Not found");
	}

	/** All in one page: the tests never say so much that Ably would make a second one. */
	private static ArrayNode page(Collection<JsonNode> items) {
		return Json.MAPPER.createArrayNode().addAll(items);
	}

}
