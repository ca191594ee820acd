package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.ablyauth.TestFiles;
import dev.ablyauth.TestServer;
import dev.ablyauth.revocation.StorePostgres;
import dev.ablyauth.revocation.TestRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All denials over HTTP.
 */
class AdminExportTests {

	private static final String PATH = "/admin/denials/export";

	private static final int ROWS = 4500;

	private static final JsonMapper JSON = new JsonMapper();

	@Test
	void exportFromAFileWhenOthersDenyMeanwhileThenAll() throws Exception {
		String url = TestFiles.denyList();
		try (TestServer server = start(url)) {
			assertExported(server, JdbcClient.create(new DriverManagerDataSource(url)));
		}
	}

	@Test
	void exportFromPostgresWhenOthersDenyMeanwhileThenAll() throws Exception {
		try (StorePostgres postgres = new StorePostgres();
				TestServer server = start(postgres.url(), "ably-auth.deny-list.username=postgres",
						"ably-auth.deny-list.password=postgres")) {
			assertExported(server,
					JdbcClient.create(new DriverManagerDataSource(postgres.url(), "postgres", "postgres")));
		}
	}

	private static void assertExported(TestServer server, JdbcClient jdbc) throws Exception {
		TestRows.insert(jdbc, 1, ROWS);
		AtomicBoolean over = new AtomicBoolean();
		ExecutorService writer = Executors.newSingleThreadExecutor();
		Future<?> written = writer.submit(() -> {
			for (int i = 0; !over.get(); i++) {
				assertThat(deny(server, "late" + i).statusCode()).isEqualTo(201);
			}
		});
		HttpResponse<String> answer = get(server, PATH);
		over.set(true);
		written.get();
		writer.shutdown();
		assertThat(answer.statusCode()).isEqualTo(200);
		Answers.assertCommonHeaders(answer);
		assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/x-ndjson");
		List<JsonNode> lines = lines(answer);
		JsonNode end = lines.remove(lines.size() - 1);
		assertThat(end.toString()).isEqualTo("{\"complete\":true,\"count\":" + lines.size() + "}");
		List<String> ids = lines.stream().map((line) -> line.get("id").asString()).toList();
		assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
		assertThat(ids).hasSizeGreaterThanOrEqualTo(ROWS);
		for (int i = 0; i < ROWS; i++) {
			assertThat(ids.get(i)).isEqualTo("%032d".formatted(i + 1));
		}
		assertThat(lines.get(1)).isEqualTo(JSON.readTree(get(server, "/admin/denials/" + ids.get(1)).body()));
	}

	@Test
	void exportWhenFilteredThenThoseAlone() throws Exception {
		try (TestServer server = start(TestFiles.denyList())) {
			String ann = id(deny(server, "ann"));
			String bob = id(deny(server, "\u00e4bob"));
			Http.send("DELETE", server.uri("/admin/denials/" + ann), java.net.http.HttpRequest.BodyPublishers.noBody(),
					"Authorization", "Bearer " + AdminTokens.ALL);
			assertThat(get(server, PATH).body()).contains(ann, bob, "\u00e4bob", "\"active\":false");
			assertThat(get(server, PATH + "?active=true").body()).contains(bob).doesNotContain(ann);
			assertThat(get(server, PATH + "?userId=ann").body()).contains(ann).doesNotContain(bob);
			assertThat(lines(get(server, PATH + "?kind=address"))).hasSize(1);
		}
	}

	/** The last line is what a caller relies on. */
	@Test
	void exportWhenTheStoreFailsMeanwhileThenNoLastLineAndBeforeThatAProblem() throws Exception {
		String url = TestFiles.denyList();
		try (TestServer server = start(url)) {
			JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(url));
			TestRows.insert(jdbc, 1, ROWS);
			jdbc.sql("update ably_auth_denial set kind = 'nothing' where number = 3500").update();
			HttpResponse<String> answer = get(server, PATH);
			assertThat(answer.body()).doesNotContain("complete").doesNotContain("problem");
			assertThat(lines(answer)).hasSize(3000);
			Files.delete(Path.of(url.substring("jdbc:sqlite:".length())));
			Answers.assertProblem(get(server, PATH), 503, "unavailable");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=1", "all=true", "after=0123456789abcdef0123456789abcdef", "active=yes", "kind=x",
			"active=true&active=true", "author=" })
	void exportWhenTheQueryIsWrongThenAProblem(String query) {
		try (TestServer server = start(TestFiles.denyList())) {
			Answers.assertProblem(get(server, PATH + "?" + query), 400, "invalid-request");
		}
	}

	@ParameterizedTest
	@CsvSource({ "read,200", "revoke,403", "mint,403", "metrics,403" })
	void exportThenByScope(String token, int status) {
		try (TestServer server = start(TestFiles.denyList())) {
			assertThat(Http.get(server.uri(PATH), "Authorization", "Bearer " + AdminTokens.token(token)).statusCode())
				.isEqualTo(status);
		}
	}

	private static TestServer start(String url, String... more) {
		List<String> settings = new ArrayList<>(List.of(more));
		settings.add("ably-auth.deny-list.url=" + url);
		return TestServer.start(AdminTokens.settings(settings.toArray(String[]::new)));
	}

	private static List<JsonNode> lines(HttpResponse<String> answer) {
		assertThat(answer.body()).endsWith("\n");
		return new ArrayList<>(answer.body().lines().map((line) -> JSON.readTree(line)).toList());
	}

	private static String id(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return JSON.readTree(answer.body()).get("id").asString();
	}

	private static HttpResponse<String> get(TestServer server, String path) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + AdminTokens.ALL);
	}

	private static HttpResponse<String> deny(TestServer server, String user) {
		return Http.post(server.uri("/admin/denials"), "{\"target\":{\"userId\":\"" + user + "\"},\"reason\":\"spam\"}",
				"Authorization", "Bearer " + AdminTokens.ALL, "Content-Type", "application/json");
	}

}
