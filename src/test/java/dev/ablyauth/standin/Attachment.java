package dev.ablyauth.standin;

import java.util.EnumSet;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * A channel as one client attached it.
 *
 * @param channel the channel name with its directive
 * @param requested the modes that the client asked for
 * @param params the channel params
 */
record Attachment(String channel, Set<ChannelMode> requested, JsonNode params) {

	static Attachment of(JsonNode attach) {
		return new Attachment(attach.path("channel").asString(""), ChannelMode.requested(attach.path("flags").asInt(0)),
				attach.path("params"));
	}

	/** What was asked for and is allowed: the rest is left out without a word. */
	Set<ChannelMode> modes(StandInCapability capability) {
		ResourcePattern resource = ChannelName.resource(this.channel);
		Set<ChannelMode> modes = EnumSet.copyOf(this.requested);
		modes.removeIf((mode) -> !mode.grantedBy(capability, resource));
		return modes;
	}

	boolean wantsOccupancy() {
		return this.params.has("occupancy");
	}

}
