package dev.ablyauth.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import dev.ablyauth.ably.Corpora;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Third-party collections of odd input: never a fault of the server, never a token that
 * says more than without them.
 */
class HostileInputTests {

	private static final String JWT = "/api/ably-jwt";

	private static final Map<String, List<String>> OWN = Map.of("notify:ann", List.of("history", "subscribe"),
			"team:red:*", List.of("history", "presence", "publish", "subscribe"));

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void jsonBodyWhenFromTheTestSuiteThenRefusedOrHarmless() throws IOException {
		List<Path> files = new ArrayList<>();
		for (String folder : List.of("test_parsing", "test_transform")) {
			try (Stream<Path> all = Files.list(Corpora.path("JSONTestSuite/" + folder))) {
				all.filter((file) -> file.toString().endsWith(".json")).forEach(files::add);
			}
		}
		assertThat(files).hasSizeGreaterThan(300);
		for (Path file : files) {
			HttpResponse<String> answer = Http.post(server.uri(JWT), Files.readAllBytes(file), "Authorization",
					"Bearer " + TestServer.ann(), "Content-Type", "application/json");
			assertHarmless(file.getFileName().toString(), answer);
			if (file.getFileName().toString().startsWith("n_") && Files.size(file) > 0) {
				assertThat(answer.statusCode()).as(file.toString()).isBetween(400, 413);
			}
		}
	}

	@Test
	void parametersWhenNaughtyThenRefusedOrHarmless() {
		int count = 0;
		for (JsonNode node : new JsonMapper().readTree(Corpora.text("blns/blns.json"))) {
			String text = node.asString();
			String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
			for (String name : List.of("clientId", "ttl", "capability", "timestamp", "rnd", "x")) {
				if (encoded.length() < 7000) {
					assertHarmless(name + "=" + text, get("?" + name + "=" + encoded));
				}
				assertHarmless(name + " in form: " + text,
						post(name + "=" + encoded, "application/x-www-form-urlencoded"));
				assertHarmless(name + " in JSON: " + text,
						post(new JsonMapper().writeValueAsString(Map.of(name, text)), "application/json"));
			}
			count++;
		}
		assertThat(count).isGreaterThan(500);
	}

	@Test
	void userIdWhenNaughtyThenKeptByteForByteOrRefused() {
		for (JsonNode node : new JsonMapper().readTree(Corpora.text("blns/blns.json"))) {
			String id = node.asString();
			HttpResponse<String> answer = Http.get(server.uri(JWT), "Authorization",
					"Bearer " + TestServer.session(id, Map.of("roles", List.of("member"), "team", id)));
			assertThat(answer.statusCode()).as(id).isIn(200, 401, 403);
			if (answer.statusCode() == 200) {
				assertThat(Answers.assertJwt(answer).getClaim("x-ably-clientId").asString()).isEqualTo(id);
				assertThat(Answers.capability(Answers.assertJwt(answer)).keySet()).as(id)
					.isSubsetOf("notify:" + id, "team:" + id + ":*");
				assertThat(id).matches("[A-Za-z0-9._~@|=+-]{1,128}");
			}
		}
	}

	private static HttpResponse<String> get(String query) {
		return Http.get(server.uri(JWT + query), "Authorization", "Bearer " + TestServer.ann());
	}

	private static HttpResponse<String> post(String body, String type) {
		return Http.post(server.uri(JWT), body, "Authorization", "Bearer " + TestServer.ann(), "Content-Type", type);
	}

	private static void assertHarmless(String what, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(what).isIn(200, 400, 403, 413);
		if (answer.statusCode() == 200) {
			assertThat(Answers.capability(Answers.assertJwt(answer))).as(what).isEqualTo(OWN);
			assertThat(Answers.assertJwt(answer).getClaim("x-ably-clientId").asString()).as(what).isEqualTo("ann");
		}
		else {
			assertThat(new JsonMapper().readTree(answer.body()).get("error").get("statusCode").asInt())
				.isEqualTo(answer.statusCode());
		}
	}

}
