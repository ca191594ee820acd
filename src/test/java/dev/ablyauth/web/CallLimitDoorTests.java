package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.util.Map;

import dev.ablyauth.TestServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits at the door for tokens.
 */
class CallLimitDoorTests {

	private static final String JWT = "/api/ably-jwt";

	@Test
	void tokenWhenAUserAsksTooOftenThen503AndOthersDoNot() {
		try (TestServer server = TestServer.start("ably-auth.rate-limit.per-user=3/1h")) {
			for (String path : new String[] { JWT, "/api/ably-token-request", "/api/ably-token" }) {
				assertThat(ask(server, path, TestServer.ann()).statusCode()).isEqualTo(200);
			}
			HttpResponse<String> refused = ask(server, JWT, TestServer.ann());
			Answers.assertRefused(refused, 503, 50004);
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(ask(server, JWT, TestServer.session("bob", Map.of())).statusCode()).isEqualTo(200);
		}
	}

	/** Whoever has no session costs a place too, and no header invents an address. */
	@Test
	void tokenWhenAnAddressAsksTooOftenThen503AndOthersDoNot() {
		try (TestServer server = TestServer.start("ably-auth.rate-limit.per-address=3/1h",
				"ably-auth.web.trusted-proxies=127.0.0.1")) {
			assertThat(ask(server, JWT, "x", "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(401);
			assertThat(ask(server, JWT, TestServer.ann(), "X-Forwarded-For", "192.0.2.1").statusCode()).isEqualTo(200);
			assertThat(ask(server, JWT, TestServer.ann(), "X-Forwarded-For", "198.51.100.9, 192.0.2.1").statusCode())
				.isEqualTo(200);
			Answers.assertRefused(ask(server, JWT, TestServer.ann(), "X-Forwarded-For", "198.51.100.8, 192.0.2.1"), 503,
					50004);
			assertThat(ask(server, JWT, TestServer.ann(), "X-Forwarded-For", "192.0.2.2").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void tokenWhenTooManyInTotalThen503AndTheHealthIsNot() {
		try (TestServer server = TestServer.start("ably-auth.rate-limit.total=2/1h")) {
			assertThat(ask(server, JWT, TestServer.ann()).statusCode()).isEqualTo(200);
			assertThat(ask(server, JWT, TestServer.session("bob", Map.of())).statusCode()).isEqualTo(200);
			Answers.assertRefused(ask(server, JWT, TestServer.session("eve", Map.of())), 503, 50004);
			assertThat(Http.get(server.uri("/readyz")).statusCode()).isEqualTo(200);
		}
	}

	private static HttpResponse<String> ask(TestServer server, String path, String token, String... headers) {
		String[] all = new String[headers.length + 2];
		all[0] = "Authorization";
		all[1] = "Bearer " + token;
		System.arraycopy(headers, 0, all, 2, headers.length);
		return Http.get(server.uri(path), all);
	}

}
