package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody writes the proxy's own headers: through the trusted proxy, past it, with and
 * without its secret. safety: header spoofing, and never a user in doubt.
 */
class SpoofedHeaderTests {

	private static final String SECRET = "canary-proxy-secret-of-more-than-32-bytes";

	private static TestServer behindProxy;

	private static TestServer open;

	private final Logger logger = (Logger) LoggerFactory.getLogger("audit");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeAll
	static void start() {
		behindProxy = start("127.0.0.1");
		open = start("10.0.0.0/8");
	}

	/** On a platform where Spring Boot would by itself believe what the header says. */
	private static TestServer start(String trustedProxies) {
		String proxy = "ably-auth.sessions.proxy-assertion.";
		return TestServer.start("ably-auth.web.trusted-proxies=" + trustedProxies, proxy + "kind=header",
				proxy + "header=X-User", proxy + "roles-header=X-Groups", proxy + "secret-header=X-Proxy-Secret",
				proxy + "secret=" + SECRET, proxy + "user-id-prefix=sso-", "spring.main.cloud-platform=kubernetes");
	}

	@AfterAll
	static void stop() {
		behindProxy.close();
		open.close();
	}

	@BeforeEach
	void listen() {
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void leave() {
		this.logger.detachAppender(this.lines);
	}

	@Test
	void tokenWhenTheProxySaysSoThenOfThisUser() {
		DecodedJWT jwt = Answers
			.assertJwt(get(behindProxy, "X-User", "ann", "X-Proxy-Secret", SECRET, "X-Groups", "member"));
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("sso-ann");
		assertThat(line()).contains("decision=issued", "user=sso-ann", "session=proxy-assertion");
	}

	/**
	 * Each row is who sends, which secret, how many user headers, and what becomes of it.
	 */
	@ParameterizedTest
	@CsvSource({ "proxy, right, 1, 200", "proxy, right, 2, 401", "proxy, right, 0, 401", "proxy, wrong, 1, 401",
			"proxy, wrong, 2, 401", "proxy, none, 1, 401", "proxy, none, 2, 401", "proxy, empty, 1, 401",
			"proxy, both, 1, 401", "proxy, twice, 1, 401", "other, right, 1, 401", "other, right, 2, 401",
			"other, wrong, 1, 401", "other, none, 1, 401", "other, none, 0, 401" })
	void tokenWhenHeadersAreSpoofedThenNoneAndALineSaysSo(String peer, String secret, int users, int status) {
		List<String> headers = new ArrayList<>(List.of("X-Forwarded-For", "127.0.0.1", "X-Real-IP", "127.0.0.1"));
		for (int i = 0; i < users; i++) {
			headers.addAll(List.of("X-User", "ann"));
		}
		for (String value : secrets(secret)) {
			headers.addAll(List.of("X-Proxy-Secret", value));
		}
		HttpResponse<String> answer = get(peer.equals("proxy") ? behindProxy : open, headers.toArray(String[]::new));
		if (status == 200) {
			Answers.assertJwt(answer);
			return;
		}
		Answers.assertRefused(answer, 401, 40100);
		assertThat(answer.body()).doesNotContain("ann", SECRET);
		assertThat(line()).contains("decision=refused reason=" + ((users > 0) ? "invalid-session" : "no-session"))
			.doesNotContain(SECRET);
		assertThat(line().contains("session=proxy-assertion")).isEqualTo(users > 0);
	}

	private static List<String> secrets(String which) {
		return switch (which) {
			case "right" -> List.of(SECRET);
			case "wrong" -> List.of(SECRET.replace('2', '3'));
			case "empty" -> List.of("");
			case "both" -> List.of("wrong", SECRET);
			case "twice" -> List.of(SECRET, SECRET);
			default -> List.of();
		};
	}

	/** What the client sends on purpose and the first kind knows, is looked at first. */
	@Test
	void tokenWhenABearerComesTooThenTheBearerDecides() {
		DecodedJWT jwt = Answers.assertJwt(get(open, "X-User", "eve", "Authorization", "Bearer " + TestServer.ann()));
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
	}

	@Test
	void tokenWhenACookieComesTooThenTheSpoofedHeaderStillEndsIt() {
		Answers.assertRefused(get(open, "X-User", "eve", "Cookie", "session=" + TestServer.ann()), 401, 40100);
	}

	/** No HTTP client sends such bytes, but a proxy passes them on. */
	@Test
	void tokenWhenTheIdIsUtf8OrNotThenAUserOr401AndNever500() throws IOException {
		assertThat(status("j\u00fcrgen", StandardCharsets.UTF_8)).isIn(200, 403);
		assertThat(line()).contains("user=\"sso-j\\u00fcrgen\"");
		this.lines.list.clear();
		assertThat(status("j\u00fcrgen", StandardCharsets.ISO_8859_1)).isEqualTo(401);
		assertThat(line()).contains("reason=invalid-session", "session=proxy-assertion");
	}

	private static int status(String user, Charset charset) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), behindProxy.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-User: " + user
						+ "\r\nX-Proxy-Secret: " + SECRET + "\r\n\r\n")
					.getBytes(charset));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
		}
	}

	private String line() {
		List<String> messages = this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

	private static HttpResponse<String> get(TestServer server, String... headers) {
		return Http.get(server.uri("/api/ably-jwt"), headers);
	}

}
