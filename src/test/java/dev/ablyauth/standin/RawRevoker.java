package dev.ablyauth.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls revokeTokens without any SDK.
 *
 * @param http sends
 * @param port of the stand-in
 * @param keyName in the path
 * @param authorization the whole header, or null for none
 * @param version of the protocol, or null for none
 */
record RawRevoker(HttpClient http, int port, String keyName, @Nullable String authorization, @Nullable String version) {

	static RawRevoker of(HttpClient http, int port, String keyName, String keySecret) {
		return new RawRevoker(http, port, keyName, basic(keyName + ":" + keySecret), "3");
	}

	static String basic(String credentials) {
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	RawRevoker version(@Nullable String other) {
		return new RawRevoker(this.http, this.port, this.keyName, this.authorization, other);
	}

	RawRevoker authorization(@Nullable String other) {
		return new RawRevoker(this.http, this.port, this.keyName, other, this.version);
	}

	RawRevoker keyName(String other) {
		return new RawRevoker(this.http, this.port, other, this.authorization, this.version);
	}

	HttpResponse<String> revoke(String... targets) {
		return revoke(Json.object(), targets);
	}

	HttpResponse<String> revoke(ObjectNode more, String... targets) {
		more.set("targets", Json.MAPPER.valueToTree(List.of(targets)));
		return send("application/json", more.toString());
	}

	HttpResponse<String> send(String contentType, String body) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/keys/" + this.keyName + "/revokeTokens"))
			.header("Content-Type", contentType)
			.POST(BodyPublishers.ofString(body));
		if (this.authorization != null) {
			request.header("Authorization", this.authorization);
		}
		if (this.version != null) {
			request.header("X-Ably-Version", this.version);
		}
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
