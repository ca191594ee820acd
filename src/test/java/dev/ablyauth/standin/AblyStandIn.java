package dev.ablyauth.standin;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A stand-in for Ably on a free port of 127.0.0.1, for REST and WebSocket. It exists only
 * because Ably cannot be reached from the tests.
 *
 * <p>
 * It knows one API key, or those of the apps that were made at its {@code POST /apps} as
 * at Ably's sandbox, and verifies every credential on its own, with the JDK and Jackson
 * and none of the classes under test, by what Ably documents. It speaks JSON only, keeps
 * presence and history in memory, and Chat's messages too, and has no timers but that of
 * a revocation with a margin: a token that expires while connected is noticed only
 * through {@link #expireAll()}. Where Ably's answer is not documented it refuses.
 */
public final class AblyStandIn implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Journal journal = new Journal();

	private final Connections connections = new Connections();

	private final StandInTomcat tomcat;

	private final Revocations revocations;

	private final RevocationFaults revocationFaults = new RevocationFaults();

	private final RevocationDesk revocationDesk;

	private final AppDesk apps;

	private AblyStandIn(StandInKeys keys, StandInSettings settings) {
		Clock clock = settings.clock();
		this.revocations = new Revocations(this.connections, this.journal, clock);
		this.revocationDesk = new RevocationDesk(keys, settings, this.revocations, this.revocationFaults);
		OpaqueTokens opaque = new OpaqueTokens(clock);
		TokenDesk desk = new TokenDesk(new TokenRequestCheck(keys, clock), opaque, clock);
		TokenCheck tokens = new TokenCheck(new JwtCheck(keys, clock), opaque, this.revocations);
		Channels channels = new Channels(this.connections);
		ResourceDesk resources = new ResourceDesk(tokens, channels, new ChatDesk(channels, clock));
		RevocationDoor revoking = new RevocationDoor(this.revocationDesk, this.revocationFaults, this.journal);
		this.apps = new AppDesk(keys);
		this.tomcat = new StandInTomcat(new RestServlet(desk, resources, revoking, this.apps, this.journal, clock),
				() -> new RealtimeEndpoint(tokens, this.journal, channels));
	}

	/**
	 * Starts with a key whose tokens are not revocable, on the system clock.
	 * @param keyName the key name, {@code appId.keyId}
	 * @param keySecret the key secret
	 * @param keyCapabilityJson what the key may do, as JSON text
	 * @return the running stand-in
	 */
	public static AblyStandIn start(String keyName, String keySecret, String keyCapabilityJson) {
		return start(keyName, keySecret, keyCapabilityJson, StandInSettings.notRevocable());
	}

	/**
	 * Starts with settings of its own.
	 * @param keyName the key name, {@code appId.keyId}
	 * @param keySecret the key secret
	 * @param keyCapabilityJson what the key may do, as JSON text
	 * @param settings what is switched on for key and app, and the clock
	 * @return the running stand-in
	 */
	public static AblyStandIn start(String keyName, String keySecret, String keyCapabilityJson,
			StandInSettings settings) {
		StandInCapability capability = StandInCapability.parse(keyCapabilityJson);
		StandInKey key = new StandInKey(keyName, keySecret, capability, settings.revocableTokens());
		return new AblyStandIn(new StandInKeys(key), settings);
	}

	/**
	 * Starts without any key, for apps that are made at {@code POST /apps}.
	 * @param settings the clock, and what is switched on for every app
	 * @return the running stand-in
	 */
	public static AblyStandIn sandbox(StandInSettings settings) {
		return new AblyStandIn(new StandInKeys(), settings);
	}

	/**
	 * The address for SDKs.
	 * @return a port on 127.0.0.1, without TLS
	 */
	public AblyAddress address() {
		return new AblyAddress("127.0.0.1", port(), false);
	}

	/**
	 * The apps that have keys here.
	 * @return their ids
	 */
	public List<String> apps() {
		return this.apps.apps();
	}

	/**
	 * The port for REST and WebSocket.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return this.tomcat.port();
	}

	/** Sends AUTH to every connection, as Ably does shortly before a token expires. */
	public void askForReauth() {
		this.connections.all().forEach((connection) -> connection.send(Wire.action(Wire.AUTH)));
	}

	/** Sends DISCONNECTED with 40142 to every connection and closes it. */
	public void expireAll() {
		Refusal expired = new Refusal("connected", 40142, 401, "Token expired");
		this.connections.all().forEach((connection) -> connection.end(Wire.error(Wire.DISCONNECTED, expired)));
	}

	/**
	 * What goes wrong with revocations.
	 * @return nothing, until a test says so
	 */
	public RevocationFaults revocationFaults() {
		return this.revocationFaults;
	}

	/**
	 * The revocations that were taken so far, in order.
	 * @return the calls
	 */
	public List<RevokeCall> revocations() {
		return this.revocationDesk.taken();
	}

	/**
	 * Waits until at least so many revocations were taken, 20 seconds at most.
	 * @param count the number of calls to wait for
	 */
	public void awaitRevocations(int count) {
		this.revocationDesk.awaitTaken(count, PATIENCE);
	}

	/**
	 * What was accepted on connections so far, in order, in-band renewals included.
	 * @return the credentials
	 */
	public List<Credential> accepted() {
		return this.journal.accepted();
	}

	/**
	 * What was refused so far, in order.
	 * @return the refusals
	 */
	public List<Refusal> refused() {
		return this.journal.refused();
	}

	/**
	 * How many clients are connected now.
	 * @return the number of connections
	 */
	public int connections() {
		return this.connections.all().size();
	}

	/**
	 * Waits until exactly so many clients are connected, 20 seconds at most.
	 * @param count the number of connections to wait for
	 */
	public void awaitConnections(int count) {
		this.connections.await(count, PATIENCE);
	}

	/**
	 * Waits until at least so many credentials were accepted, 20 seconds at most.
	 * @param count the number of credentials to wait for
	 */
	public void awaitAccepted(int count) {
		this.journal.awaitAccepted(count, PATIENCE);
	}

	@Override
	public void close() {
		this.revocations.close();
		this.tomcat.close();
	}

}
