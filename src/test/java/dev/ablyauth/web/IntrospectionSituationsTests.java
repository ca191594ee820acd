package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
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

import static dev.ablyauth.web.Situations.invalid;
import static dev.ablyauth.web.Situations.json;
import static dev.ablyauth.web.Situations.outage;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider of opaque tokens, and all that it may answer.
 */
class IntrospectionSituationsTests {

	private static final String ANN = "{\"active\":true,\"sub\":\"ann\",\"roles\":[\"member\"],\"team\":\"red\"}";

	private static final AtomicInteger TOKENS = new AtomicInteger();

	private static SituationServer all;

	@BeforeAll
	static void start() {
		all = SituationServer.introspection();
	}

	@AfterAll
	static void stop() {
		all.close();
	}

	private static HttpResponse<String> ask() {
		return all.bearer("opaque-" + TOKENS.incrementAndGet());
	}

	@Test
	void tokenWhenTheTokenIsActiveThenOfItsUser() {
		all.service().behave(json(ANN));
		var jwt = Answers.assertJwt(ask());
		assertThat(jwt.getClaim("x-ably-clientId").asString()).isEqualTo("op-ann");
		assertThat(Answers.capability(jwt)).containsOnlyKeys("notify:op-ann", "team:red:*");
	}

	static Stream<Arguments> situations() {
		Stream<Arguments> own = Stream.of(invalid("inactive", json("{\"active\":false}")),
				invalid("no user", json("{\"active\":true}")),
				invalid("expired", json("{\"active\":true,\"sub\":\"ann\",\"exp\":1700000000}")),
				outage("exp is a text", json("{\"active\":true,\"sub\":\"ann\",\"exp\":\"1700000000\"}")),
				outage("active is a text", json("{\"active\":\"true\",\"sub\":\"ann\"}")), outage("null", json("null")),
				outage("401", SessionServer.json(401, ANN)), outage("403", SessionServer.json(403, ANN)),
				outage("302", SessionServer.answer(302, "Location: /login\r\n", "")));
		return Stream.concat(own, Situations.outages(ANN));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("situations")
	void tokenWhenTheProviderAnswersThatThen(String what, SessionServer.Behaviour behaviour, int status, int code) {
		all.service().behave(behaviour);
		long before = System.nanoTime();
		Answers.assertRefused(ask(), status, code);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(2500));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("dev.ablyauth.web.Situations#unsafeIds")
	void tokenWhenTheIdIsNoSafeNameThenRefused(String what, String id) {
		all.service().behave(json("{\"active\":true,\"sub\":" + id + "}"));
		Answers.assertRefused(ask(), 403, 40300);
	}

	/** RFC 7662 2.2: the provider does not know it, so another kind may. */
	@Test
	void tokenWhenInactiveAndACookieIsKnownThenTheCookieDecides() {
		all.service().behave(json("{\"active\":false}"));
		HttpResponse<String> answer = all.get("Authorization", "Bearer other-" + TOKENS.incrementAndGet(), "Cookie",
				"session=" + TestServer.ann());
		assertThat(Answers.assertJwt(answer).getClaim("x-ably-clientId").asString()).isEqualTo("ann");
	}

	@Test
	void tokenWhenAJwtOfAConfiguredIssuerThenTheProviderIsNotAsked() {
		int asked = all.service().requests().size();
		Answers.assertJwt(all.bearer(TestServer.ann()));
		Answers.assertRefused(all.bearer(TestServer.ann() + "x"), 401, 40100);
		Answers.assertRefused(all.bearer(TestServer.session("ann", Map.of(), Duration.ofHours(-1))), 401, 40100);
		assertThat(all.service().requests()).hasSize(asked);
	}

}
