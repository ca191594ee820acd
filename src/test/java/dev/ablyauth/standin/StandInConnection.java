package dev.ablyauth.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

	private final Set<String> attached = ConcurrentHashMap.newKeySet();

	private final Session session;

	private final Handshake handshake;

	private final TokenCheck tokens;

	private final Journal journal;

	private final Connections others;

	private volatile VerifiedToken token;

	/** Refuses a token that does not hold. Nothing has been sent yet. */
	StandInConnection(Session session, TokenCheck tokens, Journal journal, Connections others) {
		this.session = session;
		this.handshake = new Handshake(session.getRequestParameterMap());
		this.tokens = tokens;
		this.journal = journal;
		this.others = others;
		this.token = tokens.verify(this.handshake.token());
		identity();
	}

	/** Nothing that a test sends to all connections can overtake CONNECTED. */
	void open() {
		synchronized (this.session) {
			this.journal.accept(this.token.credential());
			this.others.add(this);
			send(Wire.connected(this.session.getId(), identity()));
		}
	}

	void receive(String text) {
		JsonNode message = Json.readObject(text, () -> new Refused(40000, 400, "Not a protocol message"));
		int action = message.path("action").asInt(-1);
		String channel = message.path("channel").asString("");
		switch (action) {
			case Wire.HEARTBEAT -> send((ObjectNode) message);
			case Wire.CLOSE -> end(Wire.action(Wire.CLOSED));
			case Wire.ATTACH -> attach(channel);
			case Wire.DETACH -> detach(channel);
			case Wire.AUTH -> authorize(message.path("auth").path("accessToken").asString(""));
			case Wire.MESSAGE, Wire.PRESENCE, Wire.OBJECT, Wire.ANNOTATION ->
				publish(message, channel, OPERATIONS.getOrDefault(action, ""));
			default -> {
				// the stand-in has no answer to the rest
			}
		}
	}

	private void attach(String channel) {
		try {
			requireCovered(channel);
			this.attached.add(channel);
			send(Wire.onChannel(Wire.ATTACHED, channel).put("channelSerial", "s1").put("flags", 0));
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
	}

	private void publish(JsonNode message, String channel, String operation) {
		try {
			Publishing publishing = new Publishing(message, identity());
			publishing.requireIdentity();
			if (!this.token.capability().allows(ChannelName.resource(channel), operation)) {
				throw new Refused(40160, 401, "No " + operation + " on this channel in the given capability");
			}
			send(Wire.ack(message, publishing.count()));
			this.others.deliver(this, publishing.delivery(this.session.getId()));
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
			this.token = next;
			this.journal.accept(next.credential());
			send(Wire.connected(this.session.getId(), identity()));
			Set.copyOf(this.attached).forEach(this::dropIfNoLongerCovered);
		}
		catch (Refused ex) {
			end(Wire.error(Wire.ERROR, this.journal.refuse("auth", ex)));
		}
	}

	private void dropIfNoLongerCovered(String channel) {
		if (!this.token.capability().covers(ChannelName.resource(channel))) {
			attach(channel);
		}
	}

	void receiveFromChannel(ObjectNode message) {
		String channel = message.path("channel").asString("");
		if (this.attached.contains(channel)
				&& this.token.capability().allows(ChannelName.resource(channel), "subscribe")) {
			send(message);
		}
	}

	boolean echoes() {
		return this.handshake.echoes();
	}

	private @Nullable String identity() {
		return this.handshake.identity(this.token.credential().clientId());
	}

	/** Sends a last message and closes. */
	void end(ObjectNode last) {
		this.others.remove(this);
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
