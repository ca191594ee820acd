package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every answer of the server says to browsers, and what it does not say of itself,
 * whichever door it leaves by.
 */
class AnswerHeadersTests {

	/** The type of what actuator endpoints answer; its version is that of the format. */
	private static final String ACTUATOR = "application/vnd.spring-boot.actuator.v3+json";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(AdminTokens.settings());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@CsvSource({ "/api/ably-jwt, session, 200, application/jwt",
			"/api/ably-token-request, session, 200, application/json", "/api/ably-jwt, none, 401, application/json",
			"/api/ably-jwt?ttl=x, session, 400, application/json", "/api/other, session, 404, application/json",
			"/other, none, 404, application/json", "/livez, none, 200, application/vnd.spring-boot.actuator.v3+json",
			"/actuator/health, none, 200, application/vnd.spring-boot.actuator.v3+json",
			"/actuator/health, admin, 200, application/vnd.spring-boot.actuator.v3+json",
			"/admin/denials, admin, 200, application/json", "/admin/other, admin, 404, application/problem+json",
			"/admin/explain, none, 401, application/problem+json",
			"/actuator/metrics, admin, 200, application/vnd.spring-boot.actuator.v3+json",
			"/actuator/prometheus, admin, 200, text/plain" })
	void answerThenItsTypeAndNothingToEmbedFrameKeepOrFollow(String path, String credential, int status, String type) {
		HttpResponse<String> answer = get(path, credential);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type").orElseThrow().split(";", -1)[0]).isEqualTo(type);
		assertThat(answer.headers().allValues("Content-Security-Policy"))
			.containsExactly("default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
		assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
		assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
		assertThat(answer.headers().allValues("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
		assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(answer.headers().firstValue("Location")).isEmpty();
	}

	/** JSON has no charset, because it is UTF-8 (RFC 8259 11); text must say so. */
	@Test
	void textThenSaysItsCharset() {
		assertThat(get("/actuator/prometheus", "admin").headers().firstValue("Content-Type").orElseThrow())
			.startsWith("text/plain;")
			.containsIgnoringCase("charset=utf-8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt", "/api/ably-jwt?a={", "/other", "/admin/explain", "/%00", "/livez",
			"/actuator/health", "/error" })
	void answerThenNoNameAndNoVersionOfWhatIsInside(String path) throws IOException {
		String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 ");
		assertThat(answer.toLowerCase(Locale.ROOT).replace(ACTUATOR, "")).doesNotContain("\r\nserver:", "x-powered-by",
				"tomcat", "spring", "java", "x-application-context");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/.git/HEAD", "/.git/config", "/.svn/entries", "/.env", "/pom.xml", "/README.md",
			"/application.yml", "/policy.yml", "/data/ably-auth.db", "/META-INF/MANIFEST.MF", "/WEB-INF/web.xml",
			"/static/", "/docs/openapi.yml", "/v3/api-docs", "/swagger-ui.html" })
	void fileThenNotThere(String path) {
		Answers.assertRefused(get(path, "none"), 404, 40400);
	}

	@Test
	void callbackThenNotCalled() {
		assertThat(get("/api/ably-jwt?callback=run&jsonp=run", "session").body()).doesNotContain("run");
		assertThat(get("/api/ably-jwt?callback=run&jsonp=run", "none").body()).startsWith("{").doesNotContain("run");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%zz", "/a\\b", "/api/ably-jwt%00", "/api//ably-jwt", "/admin/%00", "/%2e%2e/x" })
	void answerWhenRefusedBeforeAnyDoorThenNotSniffed(String path) throws IOException {
		String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 400")
			.contains("\r\nX-Content-Type-Options: nosniff\r\n", "\r\nCache-Control: no-store\r\n")
			.containsPattern("\r\nContent-Type: application/(problem\\+)?json\r\n");
	}

	/** RFC 9112 6.3: the chunks count, and the connection carries nothing else. */
	@Test
	void bodyWhenLengthAndChunksThenOneAnswerAndTheConnectionEnds() throws IOException {
		String answer = exchange(String.join("\r\n", "POST /api/ably-jwt HTTP/1.1", "Host: x", "Content-Length: 6",
				"Transfer-Encoding: chunked", "", "0", "", "GET /livez HTTP/1.1", "Host: x", "", ""));
		assertThat(answer.split("HTTP/1\\.1 ", -1)).as(answer).hasSize(2);
		assertThat(answer).containsIgnoringCase("\r\nConnection: close\r\n").doesNotContain("\"UP\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/ably-jwt", "/other", "/livez", "/admin/explain", "/api/ably-jwt%00" })
	void answerThenAsLongAsItSays(String path) throws IOException {
		String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
		String body = answer.substring(head.length() + 4);
		String chunked = "\r\nTransfer-Encoding: chunked";
		assertThat(head.contains("\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length)).as(answer)
			.isNotEqualTo(head.contains(chunked));
	}

	private static HttpResponse<String> get(String path, String credential) {
		return switch (credential) {
			case "session" -> Http.get(server.uri(path), "Authorization", "Bearer " + TestServer.ann());
			case "admin" -> Http.get(server.uri(path), "Authorization", "Bearer " + AdminTokens.ALL);
			default -> Http.get(server.uri(path));
		};
	}

	private static String exchange(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
