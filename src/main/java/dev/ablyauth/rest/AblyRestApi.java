package dev.ablyauth.rest;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.ApiKey;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.policy.CapabilityJson;
import io.ably.lib.rest.AblyRest;
import io.ably.lib.rest.Auth;

/**
 * What this server asks of Ably's REST API, by ably-java. What Ably answers is not
 * trusted.
 */
public final class AblyRestApi implements AutoCloseable {

	/** Somebody is waiting for a token. */
	static final Duration LONGEST = Duration.ofSeconds(2);

	/** Nobody is waiting; a host that hangs leaves time for the next two. */
	static final Duration LONGEST_REVOCATION = Duration.ofSeconds(7);

	static final Duration LONGEST_AT_ONE_HOST = Duration.ofSeconds(2);

	private static final Duration DISCOVERY_TTL = Duration.ofSeconds(60);

	private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

	private final CapabilityJson capabilities;

	private final Clock clock;

	private final AblyClients clients;

	private final Supplier<AblyRest> client;

	private final AblyCalls calls = new AblyCalls(LONGEST);

	private final AblyCalls revocations = new AblyCalls(LONGEST_REVOCATION);

	/**
	 * Creates a client, which does nothing yet.
	 * @param restUrl scheme and host, perhaps a port
	 * @param capabilities reads what Ably says of a key
	 * @param clock by which a discovery is signed
	 */
	AblyRestApi(URI restUrl, CapabilityJson capabilities, Clock clock) {
		this(new AblyClients(restUrl), capabilities, clock);
	}

	AblyRestApi(AblyClients clients, CapabilityJson capabilities, Clock clock) {
		this.clients = clients;
		this.capabilities = capabilities;
		this.clock = clock;
		this.client = clients.withoutKey(AblyHttp.once());
	}

	/**
	 * Exchanges a TokenRequest for an opaque Ably Token.
	 * @param signed is sent as it was signed
	 * @return the token, printable ASCII, and when it ends
	 * @throws Refused if Ably has none, or does not say so in time
	 */
	public AblyToken redeem(TokenRequest signed) {
		Auth.AuthOptions credentials = new Auth.AuthOptions();
		credentials.authCallback = (params) -> asItWasSigned(signed);
		Auth.TokenDetails details = requestToken(new Auth.TokenParams(), credentials, signed.keyName());
		if (details.token == null || !TOKEN.matcher(details.token).matches()) {
			throw TokenRefusals.unusable();
		}
		long asked = signed.timestamp() + signed.ttl();
		return new AblyToken(details.token, Instant.ofEpochMilli((details.expires > 0) ? details.expires : asked));
	}

	private static Auth.TokenRequest asItWasSigned(TokenRequest signed) {
		Auth.TokenRequest request = new Auth.TokenRequest();
		request.keyName = signed.keyName();
		request.ttl = signed.ttl();
		request.capability = signed.capability();
		request.clientId = signed.clientId();
		request.timestamp = signed.timestamp();
		request.nonce = signed.nonce();
		request.mac = signed.mac();
		return request;
	}

	/**
	 * Asks what a key may do, by a TokenRequest without capability: its answer names all
	 * of it. ably-java signs it, because this server's own signer signs no such thing.
	 * The token is thrown away.
	 * @param key the API key, {@code appId.keyId:secret}
	 * @return the capability of the key
	 * @throws Refused if Ably does not say it in time
	 */
	public Capability keyCapability(String key) {
		String capability = requestToken(discovery(), by(key), key.substring(0, key.indexOf(':'))).capability;
		try {
			return this.capabilities.read((capability != null) ? capability : "");
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Reason.UNAVAILABLE, "The capability in Ably's answer " + ex.getMessage() + ".");
		}
	}

	/**
	 * Asks, in the same way, whether a key is none, or has another secret.
	 * @param key the API key, {@code appId.keyId:secret}
	 * @return whether Ably says so; false if it does not say it in time, or says anything
	 * else
	 */
	public boolean refuses(String key) {
		return this.calls.make(() -> {
			this.client.get().auth.requestToken(discovery(), by(key));
			return false;
		}, TokenRefusals::isOfKey);
	}

	private Auth.TokenParams discovery() {
		Auth.TokenParams params = new Auth.TokenParams();
		params.ttl = DISCOVERY_TTL.toMillis();
		params.timestamp = this.clock.millis();
		return params;
	}

	private static Auth.AuthOptions by(String key) {
		Auth.AuthOptions credentials = new Auth.AuthOptions();
		credentials.key = key;
		return credentials;
	}

	/**
	 * Asks for Ably's time, twice: the first call may open a connection, which takes long
	 * enough to make Ably's clock look fast.
	 * @return how far Ably's clock is ahead of the one of this machine; less than nothing
	 * if it is behind
	 * @throws Refused if Ably does not say it in time
	 */
	public Duration clockOffset() {
		time();
		long before = this.clock.millis();
		long time = time();
		return Duration.ofMillis(time - (before + this.clock.millis()) / 2);
	}

	private long time() {
		return this.calls.make(() -> this.client.get().time(), (failure) -> {
			throw TokenRefusals.of(failure, "");
		});
	}

	private Auth.TokenDetails requestToken(Auth.TokenParams params, Auth.AuthOptions credentials, String keyName) {
		return this.calls.make(() -> this.client.get().auth.requestToken(params, credentials), (failure) -> {
			throw TokenRefusals.of(failure, keyName);
		});
	}

	/**
	 * Returns what revokes the tokens of a key.
	 * @param key the API key, {@code appId.keyId:secret}
	 * @return a revoker, which does nothing yet, and ends with this
	 */
	public TokenRevoker revoker(String key) {
		return new AblyRevoker(ApiKey.parse(key).name(),
				this.clients.withKey(key, AblyHttp.repeating(LONGEST_AT_ONE_HOST)), this.revocations);
	}

	@Override
	public void close() {
		this.calls.close();
		this.revocations.close();
	}

}
