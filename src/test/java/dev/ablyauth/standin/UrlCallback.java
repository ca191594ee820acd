package dev.ablyauth.standin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

import io.ably.lib.rest.Auth;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ErrorInfo;
import tools.jackson.databind.JsonNode;

/**
 * An authCallback as apps write it: it fetches a URL and hands the answer on, a
 * TokenRequest when it is JSON and the bare text otherwise.
 */
final class UrlCallback implements Auth.TokenCallback {

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final URI url;

	private final Map<String, String> headers;

	UrlCallback(URI url, Map<String, String> headers) {
		this.url = url;
		this.headers = Map.copyOf(headers);
	}

	@Override
	public Object getTokenRequest(Auth.TokenParams params) throws AblyException {
		HttpResponse<String> answer = fetch();
		if (answer.statusCode() != 200) {
			throw AblyException.fromErrorInfo(error(answer));
		}
		boolean json = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
		return json ? Auth.TokenRequest.fromJson(answer.body()) : answer.body();
	}

	private HttpResponse<String> fetch() throws AblyException {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.url).timeout(Duration.ofSeconds(9));
		this.headers.forEach(request::header);
		try {
			return this.http.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw AblyException.fromThrowable(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AblyException.fromThrowable(ex);
		}
	}

	private static ErrorInfo error(HttpResponse<String> answer) {
		int status = answer.statusCode();
		try {
			JsonNode error = Json.readObject(answer.body(), () -> new Refused(0, status, "")).path("error");
			return new ErrorInfo(error.path("message").asString(""), status, error.path("code").asInt(status * 100));
		}
		catch (Refused ex) {
			return new ErrorInfo("The auth server answered " + status, status, status * 100);
		}
	}

}
