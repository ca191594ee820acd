package dev.ablyauth.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One connected client: what it presented, what it attached, and the answers it gets.
 */
final class StandInConnection {

	private static final Map<Integer, String> OPERATIONS = Map.of(Wire.MESSAGE, "publish", Wire.PRESENCE, "presence",
			Wire.OBJECT, "object-publish", Wire.ANNOTATION, "annotation-publish");

	private final Map<String, Attachment> attached = new ConcurrentHashMap<>();

	private final Session session;

	private final Handshake handshake;

	private final TokenCheck tokens;

	private final Journal journal;

	private final Channels channels;

	private volatile VerifiedToken token;

	/** Refuses a token that does not hold. Nothing has been sent yet. */
	StandInConnection(Session session, TokenCheck tokens, Journal journal, Channels channels) {
		this.session = session;
		this.handshake = new Handshake(session.getRequestParameterMap());
		this.tokens = tokens;
		this.journal = journal;
		this.channels = channels;
		this.token = tokens.verify(this.handshake.token());
		identity();
	}

	/** Nothing that a test sends to all connections can overtake CONNECTED. */
	void open() {
		synchronized (this.session) {
			this.journal.accept(this.token.credential());
			this.channels.opened(this);
			send(Wire.connected(id(), identity()));
		}
		this.tokens.endIfRevoked(this);
	}

	void receive(String text) {
		JsonNode message = Json.readObject(text, () -> new Refused(40000, 400, "Not a protocol message"));
		int action = message.path("action").asInt(-1);
		String channel = message.path("channel").asString("");
		switch (action) {
			case Wire.HEARTBEAT -> send((ObjectNode) message);
			case Wire.CLOSE -> end(Wire.action(Wire.CLOSED));
			case Wire.ATTACH -> attach(Attachment.of(message));
			case Wire.DETACH -> detach(channel);
			case Wire.AUTH -> authorize(message.path("auth").path("accessToken").asString(""));
			case Wire.MESSAGE, Wire.PRESENCE, Wire.OBJECT, Wire.ANNOTATION ->
				publish(message, channel, OPERATIONS.getOrDefault(action, ""));
			default -> {
				// the stand-in has no answer to the rest
			}
		}
	}

	private void attach(Attachment attachment) {
		String channel = attachment.channel();
		try {
			requireCovered(channel);
			if (attachment.wantsOccupancy()) {
				// needed by Ably's page on channel options, which does not say how it
				// refuses
				this.token.require(channel, "channel-metadata");
			}
			this.attached.put(channel, attachment);
			this.channels.attached(this, attachment, attachment.modes(this.token.capability()));
		}
		catch (Refused ex) {
			this.attached.remove(channel);
			send(Wire.error(Wire.ERROR, this.journal.refuse("attach", ex)).put("channel", channel));
		}
	}

	private void requireCovered(String channel) {
		if (!this.token.capability().covers(ChannelName.resource(channel))) {
			throw new Refused(40160, 401, "Channel denied access based on given capability");
		}
	}

	private void detach(String channel) {
		this.attached.remove(channel);
		send(Wire.onChannel(Wire.DETACHED, channel));
		this.channels.detached(this, channel);
	}

	private void publish(JsonNode message, String channel, String operation) {
		try {
			Publishing publishing = new Publishing(message, identity());
			publishing.requireIdentity();
			this.token.require(channel, operation);
			send(Wire.ack(message, publishing.count()));
			this.channels.publish(this, publishing.delivery(id()));
		}
		catch (Refused ex) {
			send(Wire.nack(message, this.journal.refuse("publish", ex)));
		}
	}

	/** In-band authorization: same person and key or the end. Spec: RTC8a. */
	private void authorize(String accessToken) {
		try {
			VerifiedToken next = this.tokens.verify(accessToken);
			if (!Objects.equals(next.credential().clientId(), this.token.credential().clientId())) {
				throw new Refused(40102, 401, "The clientId of a connection cannot change");
			}
			if (!next.credential().keyName().equals(this.token.credential().keyName())) {
				throw new Refused(40102, 401, "A connection renews with the key that it began with");
			}
			this.token = next;
			this.journal.accept(next.credential());
			send(Wire.connected(id(), identity()));
			List.copyOf(this.attached.values()).forEach(this::dropIfNoLongerCovered);
			this.tokens.endIfRevoked(this);
		}
		catch (Refused ex) {
			end(Wire.error(Wire.ERROR, this.journal.refuse("auth", ex)));
		}
	}

	private void dropIfNoLongerCovered(Attachment attachment) {
		if (!this.token.capability().covers(ChannelName.resource(attachment.channel()))) {
			attach(attachment);
		}
	}

	/** Passes a message on to the client if it is attached with the mode for it. */
	void receiveFromChannel(ObjectNode message) {
		Attachment attachment = this.attached.get(message.path("channel").asString(""));
		ChannelMode needed = ChannelMode.toReceive(message.path("action").asInt());
		if (attachment != null && attachment.modes(this.token.capability()).contains(needed)) {
			send(message);
		}
	}

	boolean attached(String channel) {
		return this.attached.containsKey(channel);
	}

	boolean wantsOccupancy(String channel) {
		Attachment attachment = this.attached.get(channel);
		return attachment != null && attachment.wantsOccupancy();
	}

	VerifiedToken token() {
		return this.token;
	}

	String id() {
		return this.session.getId();
	}

	boolean echoes() {
		return this.handshake.echoes();
	}

	private @Nullable String identity() {
		return this.handshake.identity(this.token.credential().clientId());
	}

	/** Sends a last message and closes. */
	void end(ObjectNode last) {
		this.channels.closed(this);
		send(last);
		try {
			this.session.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void send(ObjectNode message) {
		sendTo(this.session, message);
	}

	/** One message at a time; one to a client that has just gone is dropped. */
	static void sendTo(Session session, ObjectNode message) {
		synchronized (session) {
			try {
				if (session.isOpen()) {
					session.getBasicRemote().sendText(message.toString());
				}
			}
			catch (IOException ex) {
				// the client has gone; its close event follows
			}
		}
	}

}
