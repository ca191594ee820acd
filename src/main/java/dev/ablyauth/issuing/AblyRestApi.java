package dev.ablyauth.issuing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.policy.CapabilityJson;
import io.ably.lib.debug.DebugOptions;
import io.ably.lib.rest.AblyRest;
import io.ably.lib.rest.Auth;
import io.ably.lib.types.AblyException;
import io.ably.lib.util.Log;
import org.springframework.util.function.SingletonSupplier;

/**
 * What this server asks of Ably's REST API, by ably-java. What Ably answers is not
 * trusted.
 */
public final class AblyRestApi implements AutoCloseable {

	private static final String DEFAULT_HOST = "main.realtime.ably.net";

	/** Spec: REC2c1. */
	private static final List<String> DEFAULT_FALLBACKS = List.of("main.a.fallback.ably-realtime.com",
			"main.b.fallback.ably-realtime.com", "main.c.fallback.ably-realtime.com",
			"main.d.fallback.ably-realtime.com", "main.e.fallback.ably-realtime.com");

	private static final int MOST_FALLBACKS = 2;

	private static final Duration DISCOVERY_TTL = Duration.ofSeconds(60);

	private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

	private final CapabilityJson capabilities;

	private final Clock clock;

	/** Made in the first call, because it takes half a second of the start. */
	private final Supplier<AblyRest> client;

	private final AblyCalls calls = new AblyCalls();

	/**
	 * Creates a client, which does nothing yet.
	 * @param restUrl scheme and host, perhaps a port
	 * @param capabilities reads what Ably says of a key
	 * @param clock by which a discovery is signed
	 */
	AblyRestApi(URI restUrl, CapabilityJson capabilities, Clock clock) {
		this(restUrl, restUrl.getHost().equals(DEFAULT_HOST) ? DEFAULT_FALLBACKS : List.of(), capabilities, clock);
	}

	AblyRestApi(URI restUrl, List<String> fallbackHosts, CapabilityJson capabilities, Clock clock) {
		this.capabilities = capabilities;
		this.clock = clock;
		this.client = SingletonSupplier.of(() -> client(restUrl, fallbackHosts));
	}

	private static AblyRest client(URI restUrl, List<String> fallbackHosts) {
		DebugOptions options = new DebugOptions();
		options.restHost = restUrl.getHost();
		options.tls = restUrl.getScheme().equals("https");
		options.port = Math.max(restUrl.getPort(), 0);
		options.tlsPort = options.port;
		options.useBinaryProtocol = false;
		options.fallbackHosts = fallbackHosts.toArray(String[]::new);
		options.httpMaxRetryCount = MOST_FALLBACKS;
		options.httpListener = new AblyHttp();
		// On level VERBOSE it prints tokens, on any level it prints to System.out.
		options.logLevel = Log.NONE;
		options.authCallback = (params) -> {
			throw new IllegalStateException("each call brings its own credentials");
		};
		try {
			return new AblyRest(options);
		}
		catch (AblyException ex) {
			throw new IllegalStateException("ably-java does not take its settings", ex);
		}
	}

	/**
	 * Exchanges a TokenRequest for an opaque Ably Token.
	 * @param signed is sent as it was signed
	 * @return the token, printable ASCII, and when it ends
	 * @throws Refused if Ably has none, or does not say so in time
	 */
	AblyToken redeem(TokenRequest signed) {
		Auth.AuthOptions credentials = new Auth.AuthOptions();
		credentials.authCallback = (params) -> asItWasSigned(signed);
		Auth.TokenDetails details = requestToken(new Auth.TokenParams(), credentials, signed.keyName());
		if (details.token == null || !TOKEN.matcher(details.token).matches()) {
			throw AblyCalls.unusable();
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
	Capability keyCapability(String key) {
		Auth.TokenParams params = new Auth.TokenParams();
		params.ttl = DISCOVERY_TTL.toMillis();
		params.timestamp = this.clock.millis();
		Auth.AuthOptions credentials = new Auth.AuthOptions();
		credentials.key = key;
		String capability = requestToken(params, credentials, key.substring(0, key.indexOf(':'))).capability;
		try {
			return this.capabilities.read((capability != null) ? capability : "");
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Reason.UNAVAILABLE, "The capability in Ably's answer " + ex.getMessage() + ".");
		}
	}

	/**
	 * Asks for Ably's time.
	 * @return how far Ably's clock is ahead of the one of this machine; less than nothing
	 * if it is behind
	 * @throws Refused if Ably does not say it in time
	 */
	public Duration clockOffset() {
		long before = this.clock.millis();
		long time = this.calls.make("", () -> this.client.get().time());
		return Duration.ofMillis(time - (before + this.clock.millis()) / 2);
	}

	private Auth.TokenDetails requestToken(Auth.TokenParams params, Auth.AuthOptions credentials, String keyName) {
		return this.calls.make(keyName, () -> this.client.get().auth.requestToken(params, credentials));
	}

	@Override
	public void close() {
		this.calls.close();
	}

}
