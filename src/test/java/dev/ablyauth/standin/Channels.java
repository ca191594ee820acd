package dev.ablyauth.standin;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The channels, and the way of a message from one client to the others. One thing happens
 * at a time, so that every client sees the same order.
 */
final class Channels {

	private final Connections connections;

	private final Map<String, ChannelState> states = new HashMap<>();

	private long published;

	Channels(Connections connections) {
		this.connections = connections;
	}

	void opened(StandInConnection connection) {
		this.connections.add(connection);
	}

	/** A serial that sorts behind all earlier ones. */
	synchronized String nextSerial() {
		this.published++;
		return lastSerial();
	}

	private String lastSerial() {
		return String.format(Locale.ROOT, "%014d-000@stand-in:000", this.published);
	}

	/** Confirms an attachment, with the members present when the client may see them. */
	synchronized void attached(StandInConnection connection, Attachment attachment, Collection<ChannelMode> modes) {
		Collection<ObjectNode> members = state(attachment.channel()).members();
		boolean shown = !members.isEmpty() && modes.contains(ChannelMode.PRESENCE_SUBSCRIBE);
		int flags = ChannelMode.flags(modes) | (shown ? Wire.HAS_PRESENCE : 0);
		ObjectNode answer = Wire.onChannel(Wire.ATTACHED, attachment.channel()).put("channelSerial", lastSerial());
		connection.send(answer.put("flags", flags));
		if (shown) {
			connection.send(Wire.presence(Wire.SYNC, attachment.channel(), members));
		}
		tellOccupancy(attachment.channel());
	}

	synchronized void detached(StandInConnection connection, String channel) {
		publishLeaving(connection, channel);
		tellOccupancy(channel);
	}

	/** Forgets a connection: its members leave at once, without Ably's delay. */
	synchronized void closed(StandInConnection connection) {
		this.connections.remove(connection);
		this.states.keySet().forEach((channel) -> detached(connection, channel));
	}

	private void publishLeaving(StandInConnection connection, String channel) {
		List<ObjectNode> leaving = state(channel).leaving(connection.id(), System.currentTimeMillis());
		if (!leaving.isEmpty()) {
			publish(null, Wire.presence(Wire.PRESENCE, channel, leaving));
		}
	}

	/**
	 * Keeps and delivers.
	 * @param from the connection it came on, or null when it came by REST
	 */
	synchronized void publish(@Nullable StandInConnection from, ObjectNode delivery) {
		String channel = delivery.path("channel").asString("");
		state(channel).keep(delivery);
		this.connections.deliver(from, delivery);
		if (delivery.path("action").asInt() == Wire.PRESENCE) {
			tellOccupancy(channel);
		}
	}

	private void tellOccupancy(String channel) {
		ObjectNode event = Wire.onChannel(Wire.MESSAGE, channel);
		ObjectNode message = event.putArray("messages").addObject().put("name", "[meta]occupancy");
		message.putObject("data").set("metrics", occupancy(channel));
		this.connections.all()
			.stream()
			.filter((connection) -> connection.wantsOccupancy(channel))
			.forEach((connection) -> connection.receiveFromChannel(event));
	}

	/** Two of Ably's metrics: the ones that Chat reads. */
	synchronized ObjectNode occupancy(String channel) {
		long attached = this.connections.all().stream().filter((connection) -> connection.attached(channel)).count();
		return Json.object().put("connections", attached).put("presenceMembers", state(channel).members().size());
	}

	synchronized ChannelState state(String channel) {
		return this.states.computeIfAbsent(channel, (name) -> new ChannelState());
	}

}
