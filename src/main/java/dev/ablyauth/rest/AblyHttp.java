package dev.ablyauth.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import dev.ablyauth.session.LimitedBody;
import dev.ablyauth.session.StrictJson;
import io.ably.lib.debug.DebugOptions;
import io.ably.lib.http.HttpCore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends what ably-java wants to send. ably-java's own HTTP follows redirects, reads
 * answers of any length, cannot be stopped, and prints answers that it cannot read; this
 * one does none of that. It can be interrupted at any time.
 */
final class AblyHttp implements DebugOptions.RawHttpListener {

	/** Leaves time for another host within the seconds of a call. */
	private static final Duration CONNECT_TIME_OUT = Duration.ofMillis(700);

	/** A token is short; the capability beside it has at most 100,000 characters. */
	private static final int MAX_BYTES = 512 * 1024;

	/** Sends ably-java on to the next host. Spec: RSC15l. */
	private static final int UNREACHABLE = 503;

	private static final String ERROR_CODE = "x-ably-errorcode";

	private static final StrictJson JSON = new StrictJson(8);

	/** HTTP/1.1, because the offer of HTTP/2 over plain http confuses some servers. */
	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(CONNECT_TIME_OUT)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final @Nullable Duration patience;

	private AblyHttp(@Nullable Duration patience) {
		this.patience = patience;
	}

	/**
	 * For requests that must not arrive twice: an answer that was lost ends the call. A
	 * TokenRequest that arrives twice is refused with 40105.
	 */
	static AblyHttp once() {
		return new AblyHttp(null);
	}

	/**
	 * For requests that may arrive twice: a host that does not begin to answer in time,
	 * or whose answer is lost or of no use, is followed by the next.
	 */
	static AblyHttp repeating(Duration patience) {
		return new AblyHttp(patience);
	}

	/**
	 * Sends a request. ably-java tries the next host where one could not be connected, or
	 * answered with 500 to 504.
	 * @throws UncheckedIOException if there is no answer that can be used
	 */
	@Override
	public HttpCore.Response onRawHttpRequest(String id, io.ably.lib.network.HttpRequest request,
			@Nullable String authHeader, Map<String, List<String>> headers, HttpCore.@Nullable RequestBody body) {
		try {
			return answer(request.getMethod().equals("GET"),
					this.client.send(copy(request, headers, body), (head) -> new LimitedBody(MAX_BYTES)));
		}
		catch (ConnectException | HttpConnectTimeoutException ex) {
			return answer(UNREACHABLE);
		}
		catch (IOException ex) {
			if (this.patience != null) {
				return answer(UNREACHABLE);
			}
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CancellationException("nobody waits for the answer any longer");
		}
	}

	private HttpRequest copy(io.ably.lib.network.HttpRequest request, Map<String, List<String>> headers,
			HttpCore.@Nullable RequestBody body) {
		HttpRequest.Builder copy = HttpRequest.newBuilder(URI.create(request.getUrl().toString()))
			.method(request.getMethod(), (body != null) ? HttpRequest.BodyPublishers.ofByteArray(body.getEncoded())
					: HttpRequest.BodyPublishers.noBody());
		headers.forEach((name, values) -> {
			if (!name.equalsIgnoreCase(io.ably.lib.network.HttpRequest.CONTENT_LENGTH)) {
				values.forEach((value) -> copy.header(name, value));
			}
		});
		if (this.patience != null) {
			copy.timeout(this.patience);
		}
		return copy.build();
	}

	/** The time, which alone is asked by GET, is a list of one number. */
	private static HttpCore.Response answer(boolean isTime, HttpResponse<byte[]> from) throws IOException {
		HttpCore.Response answer = answer(from.statusCode());
		if (from.statusCode() / 100 == 2) {
			JsonNode json = read(from.body());
			if (isTime ? !json.path(0).canConvertToLong() : !json.isObject()) {
				throw new IOException("the answer is not what was asked for");
			}
			answer.contentType = "application/json";
			answer.body = from.body();
		}
		else {
			answer.headers = Map.of(ERROR_CODE, List.of(errorCode(from)));
		}
		return answer;
	}

	private static HttpCore.Response answer(int status) {
		HttpCore.Response answer = new HttpCore.Response();
		answer.statusCode = status;
		answer.statusLine = "status " + status;
		answer.headers = Map.of();
		return answer;
	}

	/**
	 * Returns Ably's code, from the body or else from the header, and nothing else of the
	 * answer. Spec: TI1; what is no number, ably-java leaves out.
	 */
	private static String errorCode(HttpResponse<byte[]> from) {
		String inHeader = from.headers().firstValue(ERROR_CODE).orElse("");
		try {
			JsonNode code = read(from.body()).path("error").path("code");
			return code.isIntegralNumber() ? code.asString() : inHeader;
		}
		catch (IOException ex) {
			return inHeader;
		}
	}

	private static JsonNode read(byte[] body) throws IOException {
		try {
			return JSON.read(body, JsonNode.class);
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("the answer is no JSON", ex);
		}
	}

	@Override
	public void onRawHttpResponse(String id, String method, HttpCore.Response response) {
		// Only called for what ably-java has sent itself, which is nothing.
	}

	@Override
	public void onRawHttpException(String id, String method, Throwable failure) {
		// Likewise.
	}

}
