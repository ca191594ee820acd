package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.ably.TestKeys;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What answers must look like.
 */
final class Answers {

	private static final JsonMapper JSON = new JsonMapper();

	private Answers() {
	}

	/** Asserts a refusal in Ably's shape and returns its message. */
	static String assertRefused(HttpResponse<String> answer, int status, int code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertCommonHeaders(answer);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
		assertThat(answer.headers().firstValue("X-Ably-ErrorCode")).contains(String.valueOf(code));
		assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
		assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
		JsonNode body = JSON.readTree(answer.body());
		assertThat(body.propertyNames()).containsExactly("error");
		JsonNode error = body.get("error");
		assertThat(error.get("code").asInt()).isEqualTo(code);
		assertThat(error.get("statusCode").asInt()).isEqualTo(status);
		assertThat(error.get("href").asString()).isEqualTo("https://help.ably.io/error/" + code);
		assertThat(answer.headers().firstValue("X-Ably-ErrorMessage").orElseThrow())
			.isEqualTo(error.get("message").asString().replaceAll("[^ -~]", "?"));
		return error.get("message").asString();
	}

	/** Asserts a refusal of the admin door and returns its detail. */
	static String assertProblem(HttpResponse<String> answer, int status, String reason) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertCommonHeaders(answer);
		assertNotForPages(answer);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
		assertThat(answer.headers().map().keySet())
			.noneMatch((name) -> name.toLowerCase(Locale.ROOT).startsWith("x-ably"));
		assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
			.isEqualTo(status == 401 || reason.equals("insufficient-scope")
					|| (reason.equals("invalid-request") && answer.body().contains("Authorization")));
		assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503 || status == 429);
		assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
		JsonNode body = JSON.readTree(answer.body());
		assertThat(body.propertyNames()).containsExactlyInAnyOrder("type", "title", "status", "detail", "reason");
		assertThat(body.get("type").asString()).isEqualTo("about:blank");
		assertThat(body.get("title").asString()).isNotBlank();
		assertThat(body.get("status").asInt()).isEqualTo(status);
		assertThat(body.get("reason").asString()).isEqualTo(reason);
		return body.get("detail").asString();
	}

	/** Asserts that the answer says nothing about origins. */
	static void assertNotForPages(HttpResponse<String> answer) {
		assertThat(answer.headers().map().keySet()).noneMatch(
				(name) -> name.equalsIgnoreCase("Vary") || name.toLowerCase(Locale.ROOT).startsWith("access-control"));
	}

	static void assertCommonHeaders(HttpResponse<String> answer) {
		assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
		assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		assertThat(answer.headers().firstValue("ETag")).isEmpty();
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
	}

	/** Asserts a bare, well-signed Ably JWT and returns it. */
	static DecodedJWT assertJwt(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertCommonHeaders(answer);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/jwt");
		assertThat(answer.body()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
		DecodedJWT jwt = JWT.decode(answer.body());
		Algorithm.HMAC256(TestKeys.KEY_SECRET).verify(jwt);
		return jwt;
	}

	static Map<String, List<String>> capability(DecodedJWT jwt) {
		return JSON.readValue(jwt.getClaim("x-ably-capability").asString(),
				new TypeReference<Map<String, List<String>>>() {
				});
	}

	static JsonNode assertTokenRequest(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertCommonHeaders(answer);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
		return JSON.readTree(answer.body());
	}

}
