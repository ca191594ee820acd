package dev.ablyauth.web;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import dev.ablyauth.ably.Corpora;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What admin calls may say, and how much.
 */
class AdminBodiesTests {

	private static final int KIB = 1024;

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(AdminTokens.settings("spring.profiles.active=" + AdminProbeController.PROFILE));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json;charset=UTF-8", "Application/JSON" })
	void bodyWhenObjectThenRead(String type) {
		HttpResponse<String> answer = post("/admin/probe/body", "{\"a\":{\"b\":[1,2.5,true,null]},\"ü\":\"😀\"}", type);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                      | The body is missing, expected a JSON object.
			[]                      | The body must be a JSON object.
			null                    | The body must be a JSON object.
			"x"                     | The body must be a JSON object.
			{                       | The body is not valid JSON.
			{"a":1,"a":2}           | The body is not valid JSON.
			{"x":{"a":1,"a":2}}     | The body is not valid JSON.
			{} {}                   | The body is not valid JSON.
			{"a":01}                | The body is not valid JSON.
			{"a":NaN}               | The body is not valid JSON.
			{a:1}                   | The body is not valid JSON.
			{"a":123456789012345678901} | The body is not valid JSON.
			{"a":1e400}             | The body has a number that is too large.
			{"a":[{"b":-1e400}]}    | The body has a number that is too large.
			{"a":"\\ud800"}         | The body has half of a surrogate pair.
			{"a":[{"\\udfff":1}]}   | The body has half of a surrogate pair.
			""", quoteCharacter = '\'')
	void bodyWhenUnreadableThenRefusedAndSaysWhy(String body, String detail) {
		assertThat(assertProblem(post("/admin/probe/body", body, "application/json"), 400, "invalid-request"))
			.isEqualTo(detail);
	}

	@Test
	void bodyWhenNotUtf8ThenRefused() {
		HttpResponse<String> answer = Http.post(server.uri("/admin/probe/body"),
				"{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), "Content-Type", "application/json",
				"Authorization", "Bearer " + AdminTokens.ALL);
		assertThat(assertProblem(answer, 400, "invalid-request")).isEqualTo("The body is not UTF-8.");
	}

	@Test
	void bodyWhenTooDeepThenRefused() {
		assertThat(post("/admin/probe/body", nested(15), "application/json").statusCode()).isEqualTo(200);
		assertProblem(post("/admin/probe/body", nested(16), "application/json"), 400, "invalid-request");
		assertProblem(post("/admin/probe/body", nested(10_000), "application/json"), 400, "invalid-request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "application/problem+json", "json",
			"multipart/form-data" })
	void bodyWhenOfAnotherTypeThenRefused(String type) {
		assertThat(assertProblem(post("/admin/probe/body", "{}", type), 400, "invalid-request"))
			.startsWith("Content-Type: must be application/json");
	}

	@Test
	void bodyWhenWithoutTypeThenRefused() {
		assertProblem(Http.post(server.uri("/admin/probe/body"), "{}", "Authorization", "Bearer " + AdminTokens.ALL),
				400, "invalid-request");
	}

	@ParameterizedTest
	@CsvSource({ "/admin/probe/body, 64", "/admin/probe/policy, 1536" })
	void bodyWhenTooLargeThenRefused(String path, int kib) {
		assertThat(post(path, ofSize(kib * KIB), "application/json").statusCode()).isEqualTo(200);
		assertThat(assertProblem(post(path, ofSize(kib * KIB + 1), "application/json"), 413, "body-too-large"))
			.isEqualTo("The body has more than " + kib * KIB + " bytes.");
	}

	@Test
	void bodyWhenFromTheTestSuiteThenReadOrRefusedAndNeverAFault() throws IOException {
		try (Stream<Path> all = Files.list(Corpora.path("JSONTestSuite/test_parsing"))) {
			List<Path> files = all.filter((file) -> file.toString().endsWith(".json")).toList();
			assertThat(files).hasSizeGreaterThan(300);
			for (Path file : files) {
				String name = file.getFileName().toString();
				HttpResponse<String> answer = Http.post(server.uri("/admin/probe/body"), Files.readAllBytes(file),
						"Content-Type", "application/json", "Authorization", "Bearer " + AdminTokens.ALL);
				assertThat(answer.statusCode()).as(name).isIn(200, 400, 413);
				assertThat(answer.statusCode() == 200 && name.startsWith("n_")).as(name).isFalse();
			}
		}
	}

	private static String nested(int depth) {
		return "{\"a\":".repeat(depth) + "{}" + "}".repeat(depth);
	}

	private static String ofSize(int bytes) {
		return "{\"a\":\"" + "x".repeat(bytes - 8) + "\"}";
	}

	private static HttpResponse<String> post(String path, String body, String type) {
		return Http.post(server.uri(path), body, "Content-Type", type, "Authorization", "Bearer " + AdminTokens.ALL);
	}

}
