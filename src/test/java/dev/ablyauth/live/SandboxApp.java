package dev.ablyauth.live;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import dev.ablyauth.standin.AblyAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An app that is made for a test, without any key or account, and deleted after it.
 * Source: test-resources/test-app-setup.json in ably-common, and the test helpers of
 * ably-js. No error has a body of the sandbox, because there are secrets in it.
 */
final class SandboxApp implements AutoCloseable {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private static final Pattern APP_ID = Pattern.compile("[A-Za-z0-9_-]{2,64}");

	private static final Pattern REST_OF_KEY = Pattern.compile("\\.[A-Za-z0-9_-]{2,}:[A-Za-z0-9_-]{8,}");

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final AblyAddress sandbox;

	private final Duration longest;

	private final String id;

	private final Map<AppKey, String> keys = new EnumMap<>(AppKey.class);

	/**
	 * Makes an app.
	 * @param sandbox where
	 * @throws IllegalStateException if there is none with all its keys
	 */
	SandboxApp(AblyAddress sandbox) {
		this(sandbox, LONGEST);
	}

	SandboxApp(AblyAddress sandbox, Duration longest) {
		this.sandbox = sandbox;
		this.longest = longest;
		String setup = JsonMapper.shared().writeValueAsString(AppKey.setup());
		HttpResponse<String> answer = send(HttpRequest.newBuilder(sandbox.rest("/apps"))
			.header("Content-Type", "application/json")
			.header("Accept", "application/json")
			.POST(BodyPublishers.ofString(setup)));
		if (answer.statusCode() / 100 != 2) {
			throw unusable("status " + answer.statusCode());
		}
		JsonNode app = read(answer.body());
		this.id = app.path("appId").asString("");
		if (!APP_ID.matcher(this.id).matches()) {
			throw unusable("no appId");
		}
		Iterator<JsonNode> made = app.path("keys").iterator();
		for (AppKey key : AppKey.values()) {
			String text = made.hasNext() ? made.next().path("keyStr").asString("") : "";
			if (!isOfThisApp(text)) {
				throw unusable("not the keys that were asked for");
			}
			this.keys.put(key, text);
		}
	}

	private boolean isOfThisApp(String key) {
		return key.startsWith(this.id) && REST_OF_KEY.matcher(key.substring(this.id.length())).matches();
	}

	private JsonNode read(String body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			throw unusable("no JSON");
		}
	}

	private IllegalStateException unusable(String why) {
		return new IllegalStateException("The sandbox at " + this.sandbox.host() + " made no app: " + why);
	}

	/** The key, {@code appId.keyId:secret}. */
	String key(AppKey key) {
		return Objects.requireNonNull(this.keys.get(key));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.sendAsync(request.build(), BodyHandlers.ofString())
				.get(this.longest.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw unusable("no answer, " + ex.getCause());
		}
		catch (TimeoutException ex) {
			throw unusable("no answer in time");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Deletes the app. One that stays is said aloud and fails no test. */
	@Override
	public void close() {
		String basic = Base64.getEncoder().encodeToString(key(AppKey.WHOLE).getBytes(StandardCharsets.US_ASCII));
		String end;
		try {
			end = "status " + send(HttpRequest.newBuilder(this.sandbox.rest("/apps/" + this.id))
				.header("Authorization", "Basic " + basic)
				.DELETE()).statusCode();
		}
		catch (IllegalStateException ex) {
			end = "no answer";
		}
		if (!end.startsWith("status 2")) {
			System.out.println("not deleted: the app " + this.id + " at " + this.sandbox.host() + ", " + end);
		}
	}

}
