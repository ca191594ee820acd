package dev.ablyauth.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. It becomes a connection when its token is good, and gets an ERROR
 * otherwise. JSON is taken from text and from binary frames: ably-java sends it in binary
 * ones.
 */
final class RealtimeEndpoint extends Endpoint {

	private final TokenCheck tokens;

	private final Journal journal;

	private final Channels channels;

	private volatile @Nullable StandInConnection connection;

	RealtimeEndpoint(TokenCheck tokens, Journal journal, Channels channels) {
		this.tokens = tokens;
		this.journal = journal;
		this.channels = channels;
	}

	@Override
	public void onOpen(Session session, EndpointConfig config) {
		try {
			StandInConnection opened = new StandInConnection(session, this.tokens, this.journal, this.channels);
			this.connection = opened;
			session.addMessageHandler(String.class, opened::receive);
			session.addMessageHandler(byte[].class, (json) -> opened.receive(new String(json, StandardCharsets.UTF_8)));
			opened.open();
		}
		catch (Refused ex) {
			StandInConnection.sendTo(session, Wire.error(Wire.ERROR, this.journal.refuse("connect", ex)));
			close(session);
		}
	}

	@Override
	public void onClose(Session session, CloseReason reason) {
		StandInConnection closed = this.connection;
		if (closed != null) {
			this.channels.closed(closed);
		}
	}

	@Override
	public void onError(Session session, Throwable cause) {
		close(session);
	}

	private static void close(Session session) {
		try {
			session.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
