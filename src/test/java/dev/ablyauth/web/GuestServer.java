package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.AppTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with guests, and what a client does to be one.
 */
final class GuestServer {

	static final String SECRET = "canary-guest-secret-of-more-than-32-bytes";

	static final String COOKIE = "__Host-ably-guest";

	static final String POLICY = """
			rules:
			  - name: everybody looks
			    when: user.guest || !user.guest
			    grant:
			      - channel: "live"
			        operations: subscribe
			  - name: guests have a box
			    when: user.guest
			    grant:
			      - channel: "box:{claims.guestId}"
			        operations: [publish, subscribe]
			    ttl: 10m
			  - name: people who sign in
			    grant:
			      - channel: "notify:{user.id}"
			        operations: subscribe
			  - name: people who were guests take over their box
			    when: '!user.guest && has(claims.guestId)'
			    grant:
			      - channel: "box:{claims.guestId}"
			        operations: history
			""";

	private static final JsonMapper JSON = new JsonMapper();

	private GuestServer() {
	}

	static TestServer start(String... settings) {
		return TestServer.startWith(POLICY,
				Stream
					.concat(Stream.of("ably-auth.sessions.guests.enabled=true",
							"ably-auth.sessions.guests.secret=" + SECRET), Stream.of(settings))
					.toArray(String[]::new));
	}

	/** Becomes a guest, or is known again. */
	static Guest admit(TestServer server, String... headers) {
		return guest(Http.post(server.uri("/api/guest"), "", headers));
	}

	static Guest guest(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		JsonNode body = JSON.readTree(answer.body());
		return new Guest(body.get("guestId").asString(), body.get("token").asString(), answer);
	}

	/** A guest token as the server would have signed it, or nearly so. */
	static AppTokens token(String secret, Duration life) {
		return AppTokens.hs256("ably-auth-server/guest", secret)
			.header("typ", "guest+jwt")
			.subject("guest-AAAAAAAAAAAAAAAAAAAAAA")
			.expiresIn(life);
	}

	/** The one Set-Cookie of an answer, cut into its attributes. */
	static List<String> cookie(HttpResponse<String> answer) {
		List<String> cookies = answer.headers().allValues("Set-Cookie");
		assertThat(cookies).hasSize(1);
		return List.of(cookies.get(0).split("; "));
	}

	/**
	 * Who the server says that somebody is.
	 *
	 * @param id of the guest
	 * @param token that proves it
	 * @param answer all of it
	 */
	record Guest(String id, String token, HttpResponse<String> answer) {

		String asCookie() {
			return COOKIE + "=" + this.token;
		}

		String asBearer() {
			return "Bearer " + this.token;
		}

	}

}
