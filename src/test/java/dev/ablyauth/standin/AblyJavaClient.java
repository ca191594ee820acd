package dev.ablyauth.standin;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import io.ably.lib.realtime.AblyRealtime;
import io.ably.lib.realtime.CompletionListener;
import io.ably.lib.realtime.ConnectionEvent;
import io.ably.lib.realtime.ConnectionState;
import io.ably.lib.realtime.ConnectionStateListener.ConnectionStateChange;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ClientOptions;
import io.ably.lib.types.ErrorInfo;
import io.ably.lib.types.Param;
import org.jspecify.annotations.Nullable;

/**
 * The real ably-java, connected to the stand-in. Every wait ends after a while with an
 * assertion error.
 */
public final class AblyJavaClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final int QUIET = 99;

	private final EventLog<ConnectionStateChange> changes = new EventLog<>();

	private final AblyRealtime ably;

	private AblyJavaClient(ClientOptions options) throws AblyException {
		options.autoConnect = false;
		this.ably = new AblyRealtime(options);
		this.ably.connection.on(this.changes::add);
		this.ably.connect();
	}

	/**
	 * Connects with an authUrl.
	 * @param ably where Ably is
	 * @param authUrl the URL that the SDK calls on its own
	 * @param authHeaders headers of that call
	 * @param authParams parameters of that call
	 * @param more further options, such as a clientId
	 * @return the client, connecting
	 */
	public static AblyJavaClient byAuthUrl(AblyAddress ably, URI authUrl, Map<String, String> authHeaders,
			Map<String, String> authParams, Consumer<ClientOptions> more) {
		return connect(ably, (options) -> {
			options.authUrl = authUrl.toString();
			options.authHeaders = params(authHeaders);
			options.authParams = params(authParams);
			more.accept(options);
		});
	}

	/**
	 * Connects with an authUrl and nothing else.
	 * @param ably where Ably is
	 * @param authUrl the URL that the SDK calls on its own
	 * @return the client, connecting
	 */
	public static AblyJavaClient byAuthUrl(AblyAddress ably, URI authUrl) {
		return byAuthUrl(ably, authUrl, Map.of(), Map.of(), (options) -> {
		});
	}

	/**
	 * Connects with an authCallback that fetches a URL itself.
	 * @param ably where Ably is
	 * @param url the URL that the callback fetches
	 * @param headers headers of that call
	 * @param more further options, such as a clientId
	 * @return the client, connecting
	 */
	public static AblyJavaClient byCallback(AblyAddress ably, URI url, Map<String, String> headers,
			Consumer<ClientOptions> more) {
		return connect(ably, (options) -> {
			options.authCallback = new UrlCallback(url, headers);
			more.accept(options);
		});
	}

	/**
	 * Connects with an authCallback that fetches a URL, and nothing else.
	 * @param ably where Ably is
	 * @param url the URL that the callback fetches
	 * @return the client, connecting
	 */
	public static AblyJavaClient byCallback(AblyAddress ably, URI url) {
		return byCallback(ably, url, Map.of(), (options) -> {
		});
	}

	private static AblyJavaClient connect(AblyAddress ably, Consumer<ClientOptions> more) {
		try {
			ClientOptions options = new ClientOptions();
			options.restHost = ably.host();
			options.realtimeHost = ably.host();
			options.port = ably.port();
			options.tlsPort = ably.port();
			options.tls = ably.tls();
			options.useBinaryProtocol = false;
			options.fallbackHosts = new String[0];
			options.logLevel = QUIET;
			more.accept(options);
			return new AblyJavaClient(options);
		}
		catch (AblyException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Param @Nullable [] params(Map<String, String> values) {
		if (values.isEmpty()) {
			return null;
		}
		return values.entrySet()
			.stream()
			.map((entry) -> new Param(entry.getKey(), entry.getValue()))
			.toArray(Param[]::new);
	}

	/**
	 * Waits for a change to that state and takes it: every change counts once.
	 * @param state the state
	 * @param longest how long to wait
	 * @return the change with its reason
	 */
	public ConnectionStateChange awaitState(ConnectionState state, Duration longest) {
		return this.changes.take((change) -> change.event != ConnectionEvent.update && change.current == state,
				longest);
	}

	/**
	 * Waits for an update, as a renewal in band brings, and takes it. See
	 * {@link AblyStandIn#awaitAccepted(int)} for the moment the new token was accepted.
	 * @param longest how long to wait
	 */
	public void awaitUpdate(Duration longest) {
		this.changes.take((change) -> change.event == ConnectionEvent.update, longest);
	}

	/**
	 * Counts the updates so far, taken or not. One renewal brings two: ably-java tells of
	 * the first as soon as it has the token, before the stand-in has seen it.
	 * @return the number of updates
	 */
	public long countUpdates() {
		return this.changes.all().stream().filter((change) -> change.event == ConnectionEvent.update).count();
	}

	/** Drops the changes that nobody has awaited. */
	public void forgetChanges() {
		this.changes.forget();
	}

	/**
	 * The state right now.
	 * @return the state
	 */
	public ConnectionState state() {
		return this.ably.connection.state;
	}

	/**
	 * The reason of the present state.
	 * @return the reason, or null when the SDK gives none
	 */
	public @Nullable ErrorInfo stateReason() {
		return this.ably.connection.reason;
	}

	/**
	 * The identity that the SDK believes to have.
	 * @return the clientId, or null for an anonymous client
	 */
	public @Nullable String clientId() {
		return this.ably.auth.clientId;
	}

	/**
	 * Attaches a channel and fails when that is refused.
	 * @param channel the channel name
	 */
	public void awaitAttached(String channel) {
		ErrorInfo error = outcome((listener) -> this.ably.channels.get(channel).attach(listener));
		if (error != null) {
			throw new AssertionError("Not attached: " + error);
		}
	}

	/**
	 * Attaches a channel and fails when that is allowed.
	 * @param channel the channel name
	 * @return why it was refused
	 */
	public ErrorInfo attachError(String channel) {
		ErrorInfo error = outcome((listener) -> this.ably.channels.get(channel).attach(listener));
		if (error == null) {
			throw new AssertionError("Attached: " + channel);
		}
		return error;
	}

	/**
	 * Publishes a message.
	 * @param channel the channel name
	 * @param name the event name
	 * @param data the payload
	 * @return why it was refused, or null when it was taken
	 */
	public @Nullable ErrorInfo publish(String channel, String name, String data) {
		return outcome((listener) -> this.ably.channels.get(channel).publish(name, data, listener));
	}

	private static @Nullable ErrorInfo outcome(Call call) {
		Outcome outcome = new Outcome();
		try {
			call.start(outcome);
		}
		catch (AblyException ex) {
			return ex.errorInfo;
		}
		return outcome.await(PATIENCE);
	}

	@Override
	public void close() {
		this.ably.close();
	}

	private interface Call {

		void start(CompletionListener listener) throws AblyException;

	}

}
