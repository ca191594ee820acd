package dev.ablyauth.rest;

import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.ably.lib.debug.DebugOptions;
import io.ably.lib.rest.AblyRest;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ClientOptions;
import io.ably.lib.util.Log;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes clients of ably-java for one Ably, each in its first call, because the first one
 * takes half a second.
 *
 * @param restUrl scheme and host, perhaps a port
 * @param fallbackHosts are tried in any order where the first one fails
 */
record AblyClients(URI restUrl, List<String> fallbackHosts) {

	private static final String DEFAULT_HOST = "main.realtime.ably.net";

	/** Spec: REC2c1. */
	private static final List<String> DEFAULT_FALLBACKS = List.of("main.a.fallback.ably-realtime.com",
			"main.b.fallback.ably-realtime.com", "main.c.fallback.ably-realtime.com",
			"main.d.fallback.ably-realtime.com", "main.e.fallback.ably-realtime.com");

	private static final int MOST_FALLBACKS = 2;

	AblyClients(URI restUrl) {
		this(restUrl, restUrl.getHost().equals(DEFAULT_HOST) ? DEFAULT_FALLBACKS : List.of());
	}

	/** A client for calls of which each brings its own credentials. */
	Supplier<AblyRest> withoutKey(AblyHttp http) {
		return SingletonSupplier.of(() -> client(http, (options) -> options.authCallback = (params) -> {
			throw new IllegalStateException("each call brings its own credentials");
		}));
	}

	/**
	 * A client that uses basic authentication. ably-java keeps the key and sends it with
	 * each call; it is in no message of its errors. Spec: RSA2, RSA11.
	 */
	Supplier<AblyRest> withKey(String key, AblyHttp http) {
		return SingletonSupplier.of(() -> client(http, (options) -> options.key = key));
	}

	private AblyRest client(AblyHttp http, Consumer<ClientOptions> credentials) {
		DebugOptions options = new DebugOptions();
		options.restHost = this.restUrl.getHost();
		options.tls = this.restUrl.getScheme().equals("https");
		options.port = Math.max(this.restUrl.getPort(), 0);
		options.tlsPort = options.port;
		options.useBinaryProtocol = false;
		options.fallbackHosts = this.fallbackHosts.toArray(String[]::new);
		options.httpMaxRetryCount = MOST_FALLBACKS;
		options.httpListener = http;
		// On level VERBOSE it prints tokens and keys, on any level it prints to
		// System.out.
		options.logLevel = Log.NONE;
		credentials.accept(options);
		try {
			return new AblyRest(options);
		}
		catch (AblyException ex) {
			throw new IllegalStateException("ably-java does not take its settings");
		}
	}

}
