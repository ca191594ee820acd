package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/**
 * A plain HTTP client for tests: method, address, headers in pairs, body.
 */
final class Http {

	static {
		// So that tests can send what browsers send.
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin,connection,content-length");
	}

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private Http() {
	}

	static HttpResponse<String> get(URI uri, String... headers) {
		return send("GET", uri, HttpRequest.BodyPublishers.noBody(), headers);
	}

	static HttpResponse<String> post(URI uri, String body, String... headers) {
		return send("POST", uri, HttpRequest.BodyPublishers.ofString(body), headers);
	}

	static HttpResponse<String> post(URI uri, byte[] body, String... headers) {
		return send("POST", uri, HttpRequest.BodyPublishers.ofByteArray(body), headers);
	}

	/**
	 * Asks for a token over a connection of its own and does not wait for the answer.
	 * @param headers whole lines
	 */
	static Socket ask(URI server, String... headers) throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
		client.setSoTimeout(20_000);
		client.getOutputStream()
			.write(("GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	static HttpResponse<String> send(String method, URI uri, HttpRequest.BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		try {
			return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
