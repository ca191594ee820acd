package dev.ablyauth.session;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import javax.net.ssl.SSLException;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.remote.Breaker;
import dev.ablyauth.remote.Seldom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls to one service that knows sessions, at the one address that the settings
 * name: two seconds for a call with all that belongs to it, answers of at most 64 KiB, no
 * redirects. Nothing of a call is logged but the address, and the status of the answer.
 */
final class ServiceCalls {

	static final Duration LONGEST = Duration.ofSeconds(2);

	static final int MAX_BYTES = 64 * 1024;

	private static final Logger LOGGER = LoggerFactory.getLogger(ServiceCalls.class);

	private final HttpClient client;

	private final URI uri;

	private final Ticker ticker;

	private final Breaker breaker;

	/** What was wrong the last time; empty where the answer said who somebody is. */
	private volatile String fault = "";

	private final Seldom lines = new Seldom(Duration.ofSeconds(10));

	ServiceCalls(HttpClient client, URI uri, Ticker ticker) {
		this.client = client;
		this.uri = uri;
		this.ticker = ticker;
		this.breaker = new Breaker(ticker);
	}

	/** HTTP/1.1, because the offer of HTTP/2 over plain http confuses some servers. */
	static HttpClient client() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(LONGEST)
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
	}

	/** Whose sessions these are. */
	String host() {
		return this.uri.getHost();
	}

	/** Where the service is, for people; a query may hold a secret. */
	String place() {
		return this.uri.getScheme() + "://" + this.uri.getRawAuthority() + this.uri.getRawPath();
	}

	/** Whether calls are made; not while it is away. */
	boolean isAsked() {
		return !this.breaker.isOpen();
	}

	/**
	 * What was wrong with the last call, or an empty text. That somebody is nobody's user
	 * is as good an answer as any.
	 */
	String lastFault() {
		return this.fault;
	}

	/** A request to the service. */
	HttpRequest.Builder request() {
		return HttpRequest.newBuilder(this.uri)
			.header("Accept", "application/json")
			.header("User-Agent", "ably-auth-server");
	}

	/**
	 * Makes a call.
	 * @param reader reads the answer, or refuses
	 * @return what was read; fails with {@link Refused} alone
	 */
	<V> CompletableFuture<V> ask(HttpRequest request, Function<HttpResponse<byte[]>, V> reader) {
		return send(request).thenApply((response) -> {
			try {
				V said = reader.apply(response);
				this.fault = "";
				return said;
			}
			catch (Refused refused) {
				if (refused.reason() != Reason.SESSION_SOURCE_DOWN) {
					this.fault = "";
				}
				throw refused;
			}
			catch (RuntimeException ex) {
				// Not its message, which may repeat the answer.
				LOGGER.error("Reading the answer of a session service failed with {}", ex.getClass().getName());
				this.fault = "gives an answer that cannot be read";
				throw SessionRefusals.down();
			}
		});
	}

	private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
		if (!this.breaker.lets()) {
			return CompletableFuture.failedFuture(SessionRefusals.down());
		}
		CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<HttpResponse<byte[]>>()
			.orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
		send(request, answer, request.method().equals("POST"));
		return answer.handle(this::answered);
	}

	/**
	 * Sends the request, and a POST once more when the connection ends before there is
	 * anything of an answer: a service may close a kept connection in that moment.
	 * Nothing is changed there by asking twice. A GET is repeated by the JDK.
	 */
	private void send(HttpRequest request, CompletableFuture<HttpResponse<byte[]>> answer, boolean again) {
		AtomicBoolean begun = new AtomicBoolean();
		CompletableFuture<HttpResponse<byte[]>> call = this.client.sendAsync(request, (head) -> {
			begun.set(true);
			return new LimitedBody(MAX_BYTES);
		});
		CompletableFuture<?> unusedEnd = answer.whenComplete((done, timeOut) -> call.cancel(true));
		CompletableFuture<?> unusedAnswer = call.whenComplete((response, failure) -> {
			if (failure == null) {
				answer.complete(response);
			}
			else if (again && !begun.get() && cause(failure) instanceof IOException && !isAway(cause(failure))) {
				send(request, answer, false);
			}
			else {
				answer.completeExceptionally(cause(failure));
			}
		});
	}

	private HttpResponse<byte[]> answered(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
		if (failure != null && isAway(failure)) {
			this.breaker.failed();
			throw unusable((failure instanceof ConnectException) ? "cannot be connected" : "does not answer in time");
		}
		this.breaker.answered();
		if (failure instanceof SSLException) {
			throw unusable("has no certificate that this JVM trusts, or speaks no TLS");
		}
		if (response == null) {
			throw unusable("gives no whole answer, or a longer one than " + MAX_BYTES + " bytes");
		}
		return response;
	}

	private static boolean isAway(Throwable failure) {
		return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
				|| failure instanceof TimeoutException;
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/**
	 * Says in the log that the service gives no answer that can be used.
	 * @param what happened, with nothing of the request and of the answer's body
	 * @return what to throw
	 */
	Refused unusable(String what) {
		this.fault = what;
		if (this.lines.isTime(this.ticker.read())) {
			LOGGER.warn("The session service at {} {}", place(), what);
		}
		return SessionRefusals.down();
	}

}
