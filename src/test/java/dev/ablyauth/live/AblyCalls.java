package dev.ablyauth.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import dev.ablyauth.standin.AblyAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of Ably's REST API without any SDK, and how they end: with a status, such as
 * {@code 200}, or with status and code of Ably, such as {@code 401 40144}. Where a target
 * of a revocation fails, its code follows: {@code 201 40121}.
 */
public final class AblyCalls {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AblyAddress address;

	/**
	 * Creates it.
	 * @param address of the REST API
	 */
	public AblyCalls(AblyAddress address) {
		this.address = address;
	}

	/**
	 * Reads something with a token.
	 * @param path with query
	 * @param token in Base64, as SDKs send it
	 * @return how it ends
	 */
	public String get(String path, String token) {
		return end(HttpRequest.newBuilder(this.address.rest(path))
			.header("Authorization", "Bearer " + base64(token))
			.GET());
	}

	/**
	 * Exchanges a TokenRequest, which needs no credentials.
	 * @param keyName in the path
	 * @param signed the TokenRequest
	 * @return how it ends
	 */
	public String requestToken(String keyName, String signed) {
		return end(HttpRequest.newBuilder(this.address.rest("/keys/" + keyName + "/requestToken"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(signed)));
	}

	/**
	 * Revokes.
	 * @param keyName in the path
	 * @param key the credentials
	 * @param body of the call
	 * @return how it ends
	 */
	public String revokeTokens(String keyName, String key, String body) {
		return end(HttpRequest.newBuilder(this.address.rest("/keys/" + keyName + "/revokeTokens"))
			.header("Authorization", "Basic " + base64(key))
			.header("Content-Type", "application/json")
			.header("X-Ably-Version", "3")
			.POST(BodyPublishers.ofString(body)));
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private String end(HttpRequest.Builder request) {
		try {
			HttpResponse<String> answer = this.http
				.send(request.header("Accept", "application/json").timeout(LONGEST).build(), BodyHandlers.ofString());
			JsonNode body = read(answer.body());
			int code = body.at("/error/code").asInt(body.at("/results/0/error/code").asInt(0));
			return answer.statusCode() + ((code > 0) ? " " + code : "");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static JsonNode read(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			return JsonMapper.shared().createObjectNode();
		}
	}

}
