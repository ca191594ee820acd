package dev.ablyauth.session;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Fetches a small document from a configured address: two seconds to connect, two for the
 * headers, two for the body, 512 KiB, no redirects.
 */
final class HttpFetcher {

	private static final Duration TIME_OUT = Duration.ofSeconds(2);

	private static final int MAX_BYTES = 512 * 1024;

	private static final int OK = 200;

	private static final Set<Integer> ABSENT = Set.of(403, 404, 410);

	private final HttpClient client = HttpClient.newBuilder()
		.connectTimeout(TIME_OUT)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	/** https, or http to this machine itself. */
	static boolean isAllowed(URI uri) {
		return uri.getHost() != null
				&& ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost())));
	}

	private static boolean isLoopback(String host) {
		if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]")) {
			return false;
		}
		try {
			return InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	byte[] get(URI uri) throws JwksUnavailableException {
		return Objects.requireNonNull(fetch(uri, Set.of()));
	}

	/**
	 * Fetches a document that need not be there.
	 * @return what is there; empty if the answer is 403, 404 or 410, of which object
	 * stores give the first where they would not list what they have
	 */
	Optional<byte[]> find(URI uri) throws JwksUnavailableException {
		return Optional.ofNullable(fetch(uri, ABSENT));
	}

	private byte @Nullable [] fetch(URI uri, Set<Integer> absent) throws JwksUnavailableException {
		HttpRequest request = HttpRequest.newBuilder(uri)
			.timeout(TIME_OUT)
			.header("Accept", "application/json, */*;q=0.5")
			.build();
		try {
			HttpResponse<InputStream> response = this.client.send(request, HttpResponse.BodyHandlers.ofInputStream());
			try (InputStream body = response.body()) {
				if (absent.contains(response.statusCode())) {
					return null;
				}
				if (response.statusCode() != OK) {
					throw new JwksUnavailableException(uri + " answers " + response.statusCode());
				}
				return read(uri, body);
			}
		}
		catch (IOException ex) {
			throw new JwksUnavailableException(uri + " cannot be reached");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new JwksUnavailableException(uri + " was not waited for");
		}
	}

	private static byte[] read(URI uri, InputStream body) throws IOException, JwksUnavailableException {
		CompletableFuture.delayedExecutor(TIME_OUT.toMillis(), TimeUnit.MILLISECONDS).execute(() -> close(body));
		byte[] bytes = body.readNBytes(MAX_BYTES + 1);
		if (bytes.length > MAX_BYTES) {
			throw new JwksUnavailableException(uri + " answers with more than " + MAX_BYTES + " bytes");
		}
		return bytes;
	}

	private static void close(InputStream body) {
		try {
			body.close();
		}
		catch (IOException ex) {
			// Whoever reads it sees the end.
		}
	}

}
