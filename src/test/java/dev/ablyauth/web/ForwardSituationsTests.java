package dev.ablyauth.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.ablyauth.TestServer;
import dev.ablyauth.session.SessionServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.ablyauth.web.Situations.invalid;
import static dev.ablyauth.web.Situations.json;
import static dev.ablyauth.web.Situations.outage;
import static dev.ablyauth.web.Situations.refused;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The app's own /me endpoint, and all that it may answer.
 */
class ForwardSituationsTests {

	private static final String ANN = "{\"id\":\"ann\",\"roles\":[\"member\"],\"team\":\"red\"}";

	private static final AtomicInteger COOKIES = new AtomicInteger();

	private static SituationServer all;

	@BeforeAll
	static void start() {
		all = SituationServer.forward();
	}

	@AfterAll
	static void stop() {
		all.close();
	}

	private static HttpResponse<String> ask() {
		return all.get("Cookie", "sid=" + COOKIES.incrementAndGet());
	}

	@Test
	void tokenWhenSignedInAtTheAppThenOfThatUser() {
		all.service().behave(json(ANN));
		var jwt = Answers.assertJwt(ask());
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("ann");
		assertThat(Answers.capability(jwt)).containsOnlyKeys("notify:ann", "team:red:*");
	}

	static Stream<Arguments> situations() {
		Stream<Arguments> own = Stream.of(invalid("nobody", json("{}")), invalid("null", json("null")),
				invalid("id is null", json("{\"id\":null}")), invalid("id is empty", json("{\"id\":\"\"}")),
				invalid("a list", json("[]")), invalid("a text", json("\"ann\"")),
				invalid("401", SessionServer.json(401, ANN)), invalid("403", SessionServer.json(403, ANN)),
				outage("id is an object", json("{\"id\":{}}")), outage("id is a list", json("{\"id\":[\"ann\"]}")),
				outage("id is true", json("{\"id\":true}")), outage("id is 1.5", json("{\"id\":1.5}")),
				outage("id is 1e3", json("{\"id\":1e3}")), outage("roles are a number", json("{\"id\":1,\"roles\":1}")),
				outage("roles are objects", json("{\"id\":1,\"roles\":[{\"name\":\"admin\"}]}")),
				refused("an id of the app's JWTs", json("{\"id\":\"jwt-ann\"}")));
		return Stream.concat(own, Situations.outages(ANN));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("situations")
	void tokenWhenTheAppAnswersThatThen(String what, SessionServer.Behaviour behaviour, int status, int code) {
		all.service().behave(behaviour);
		long before = System.nanoTime();
		Answers.assertRefused(ask(), status, code);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(2500));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("dev.ablyauth.web.Situations#unsafeIds")
	void tokenWhenTheIdIsNoSafeNameThenRefused(String what, String id) {
		all.service().behave(json("{\"id\":" + id + "}"));
		Answers.assertRefused(ask(), 403, 40300);
	}

	/** It is one person's name as a clientId, and in no channel. */
	@Test
	void tokenWhenTheIdHasAColonThenNoChannelOfSomebodyElse() {
		all.service().behave(json("{\"id\":\"a:b\",\"roles\":[\"member\"],\"team\":\"red\"}"));
		assertThat(Answers.capability(Answers.assertJwt(ask()))).containsOnlyKeys("team:red:*");
	}

	@Test
	void tokenWhenTheIdIsANumberThenItsText() {
		all.service().behave(json("{\"id\":9007199254740993}"));
		assertThat(Answers.assertJwt(ask()).getClaim("x-ably-clientId").asString()).isEqualTo("9007199254740993");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308, 300, 304, 399 })
	void tokenWhenRedirectedThenUnauthorizedAndNotFollowed(int status) {
		try (SessionServer other = SessionServer.start(json(ANN))) {
			all.service().behave(SessionServer.answer(status, "Location: " + other.uri("/me") + "\r\n", ""));
			Answers.assertRefused(ask(), 401, 40100);
			assertThat(other.connections()).isZero();
		}
	}

	@Test
	void tokenWhenTheRequestNamesOtherPlacesThenOnlyTheAppIsAsked() throws Exception {
		all.service().behave(json(ANN));
		try (SessionServer other = SessionServer.start(json("{\"id\":\"mallory\"}"))) {
			String place = "127.0.0.1:" + other.port();
			String url = "http://" + place + "/me";
			for (String request : List.of(
					"GET /api/ably-jwt?url=" + url + "&forward.url=" + url + " HTTP/1.1\r\nHost: " + place + "\r\n",
					"GET " + url + "/../api/ably-jwt HTTP/1.1\r\nHost: " + place + "\r\n",
					"GET http://" + place + "/api/ably-jwt HTTP/1.1\r\nHost: " + place + "\r\n",
					"GET /api/ably-jwt HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: " + place + "\r\nForwarded: host="
							+ place + "\r\nX-Original-URL: " + url + "\r\nX-Rewrite-URL: " + url + "\r\nReferer: " + url
							+ "\r\n")) {
				int asked = all.service().requests().size();
				exchange(request + "Cookie: sid=" + COOKIES.incrementAndGet() + "; url=" + url
						+ "\r\nConnection: close\r\n\r\n");
				all.service()
					.requests()
					.stream()
					.skip(asked)
					.forEach((sent) -> assertThat(sent).startsWith("GET /me HTTP/1.1\r\n")
						.contains("\r\nHost: 127.0.0.1:" + all.service().port() + "\r\n"));
			}
			assertThat(other.connections()).isZero();
		}
	}

	@Test
	void tokenWhenABearerIsKnownToAnotherKindThenTheAppIsNotAsked() {
		try (SituationServer both = SituationServer
			.forward("ably-auth.sessions.forward.forward-headers=Cookie,Authorization")) {
			both.service().behave(json(ANN));
			Answers.assertJwt(both.get("Authorization", "Bearer " + TestServer.ann(), "Cookie", "sid=1"));
			assertThat(both.service().requests()).isEmpty();
			Answers.assertJwt(both.get("Authorization", "cookie", "Cookie", "sid=1"));
			assertThat(both.service().requests().get(0)).contains("Cookie: sid=1").doesNotContain("Authorization");
			Answers.assertJwt(both.get("Authorization", "Bearer of-the-app", "Cookie", "sid=1"));
			assertThat(both.service().requests().get(1)).contains("Cookie: sid=1", "Authorization: Bearer of-the-app");
		}
	}

	@Test
	void tokenWhenTheCookieComesFromAnotherSiteThenForbiddenAndTheAppIsNotAsked() {
		int asked = all.service().requests().size();
		Answers.assertRefused(all.get("Cookie", "sid=foreign", "Sec-Fetch-Site", "cross-site"), 403, 40300);
		assertThat(all.service().requests()).hasSize(asked);
		Answers.assertRefused(all.get(), 401, 40100);
	}

	/** Sends what no HTTP client would. */
	private static void exchange(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), all.server().port())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 ");
		}
	}

}
