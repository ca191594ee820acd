package dev.ablyauth.web;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted of the calls for tokens, at the real server.
 */
class TokenMetersTests {

	private static final String JWT = "/api/ably-jwt";

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
	@CsvSource(delimiter = '|', textBlock = """
			GET | /api/ably-jwt                                | none      | no-session            | none
			GET | /api/ably-jwt                                | unknown   | no-session            | none
			GET | /api/ably-jwt                                | expired   | invalid-session       | jwt
			GET | /api/ably-jwt                                | ending    | session-ends-too-soon | jwt
			GET | /api/ably-jwt                                | suspended | denied-by-rule        | jwt
			GET | /api/ably-jwt                                | nothing   | nothing-granted       | jwt
			GET | /api/ably-jwt?clientId=bob                   | ann       | client-id-mismatch    | jwt
			GET | /api/ably-jwt?ttl=soon                       | ann       | invalid-parameter     | jwt
			GET | /api/ably-jwt?capability=%7B%22x%22:%5B%22publish%22%5D%7D | ann | wish-not-granted | jwt
			PUT | /api/ably-jwt                                | ann       | method-not-allowed    | none
			GET | /api/nowhere                                 | ann       | not-found             | jwt
			""")
	void refusedThenThatReasonAndNoOther(String method, String path, String who, String reason, String session) {
		Map<String, Double> before = counts("tokens.refused");
		HttpResponse<String> answer = Http.send(method, server.uri(path), HttpRequest.BodyPublishers.noBody(),
				"Authorization", "Bearer " + token(who));
		assertThat(answer.statusCode()).isBetween(400, 499);
		assertThat(grown(before, counts("tokens.refused")))
			.isEqualTo(Map.of("reason=" + reason + " session=" + session, 1.0));
	}

	@ParameterizedTest
	@CsvSource({ "/api/ably-jwt, jwt", "/api/ably-token-request, token-request", "/api/ably-token, jwt" })
	void issuedThenByFormatSessionAndKeyAndByRule(String path, String format) {
		Map<String, Double> before = counts("tokens.issued");
		Map<String, Double> rules = counts("tokens.rules");
		assertThat(ask(path, TestServer.ann()).statusCode()).isEqualTo(200);
		assertThat(grown(before, counts("tokens.issued")))
			.isEqualTo(Map.of("format=" + format + " key=" + TestKeys.KEY_NAME + " session=jwt", 1.0));
		assertThat(grown(rules, counts("tokens.rules")))
			.isEqualTo(Map.of("decision=issued rule=members", 1.0, "decision=issued rule=mailbox", 1.0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"user":{"id":"ann","claims":{"suspended":true}}} | denied-by-rule
			{"user":{"id":"ann","roles":["member"]},"format":"x"} | invalid-request
			""")
	void refusedWhenAnAdminAsksForAUserThenTheSame(String body, String reason) {
		Map<String, Double> before = counts("tokens.refused");
		HttpResponse<String> answer = Http.send("POST", server.uri("/admin/tokens"),
				HttpRequest.BodyPublishers.ofString(body), "Authorization", "Bearer " + AdminTokens.ALL, "Content-Type",
				"application/json");
		assertThat(answer.statusCode()).isBetween(400, 499);
		assertThat(grown(before, counts("tokens.refused")))
			.isEqualTo(Map.of("reason=" + reason + " session=admin", 1.0));
	}

	@Test
	void issuedWhenLessThanWishedThenNarrowed() {
		Map<String, Double> before = counts("tokens.narrowed");
		assertThat(ask(JWT + "?capability=%7B%22notify:ann%22:%5B%22subscribe%22,%22publish%22%5D%7D", TestServer.ann())
			.statusCode()).isEqualTo(200);
		assertThat(grown(before, counts("tokens.narrowed"))).isEqualTo(Map.of("lost=of-wish", 1.0));
	}

	@Test
	void issuedThenTheSizeOfTheJwtAndTheTimeAreMeasured() {
		MeterRegistry meters = server.bean(MeterRegistry.class);
		double bytes = meters.get("tokens.bytes").summary().totalAmount();
		long times = meters.get("token.requests").tag("outcome", "issued").timer().count();
		HttpResponse<String> answer = ask(JWT, TestServer.ann());
		ask("/api/ably-token-request", TestServer.ann());
		assertThat(meters.get("tokens.bytes").summary().totalAmount() - bytes).isEqualTo(answer.body().length());
		// The answer is there before its time is written down.
		Awaitility.await()
			.until(() -> meters.get("token.requests").tag("outcome", "issued").timer().count() - times,
					(it) -> it == 2);
	}

	@Test
	void preflightThenItIsNoCallForAToken() {
		MeterRegistry meters = server.bean(MeterRegistry.class);
		double before = meters.get("token.requests").timers().stream().mapToLong((timer) -> timer.count()).sum();
		Http.send("OPTIONS", server.uri(JWT), HttpRequest.BodyPublishers.noBody(), "Origin", TestServer.ORIGIN,
				"Access-Control-Request-Method", "GET");
		assertThat(meters.get("token.requests").timers().stream().mapToLong((timer) -> timer.count()).sum())
			.isEqualTo((long) before);
	}

	@Test
	void refusedWhenAUserAsksTooOftenThenTheLimitIsCountedAndWrittenDown() {
		try (TestServer limited = TestServer
			.start(AdminTokens.settings("ably-auth.rate-limit.per-user=1/1h", "ably-auth.rate-limit.per-admin=1/1h"))) {
			for (int i = 0; i < 2; i++) {
				Http.get(limited.uri(JWT), "Authorization", "Bearer " + TestServer.ann());
				Http.get(limited.uri("/admin/denials"), "Authorization", "Bearer " + AdminTokens.ALL);
			}
			MeterRegistry meters = limited.bean(MeterRegistry.class);
			assertThat(counts(meters, "limits.hit")).isEqualTo(Map.of("limit=user", 1.0, "limit=admin", 1.0));
			assertThat(counts(meters, "tokens.refused").get("reason=rate-limited session=jwt")).isEqualTo(1);
		}
	}

	/** Whatever somebody sends, it does not become a name or a label. */
	@Test
	void anythingThenNoMeterHasAUserATokenOrASecret() {
		String session = TestServer.session("canary-user-0123456789",
				Map.of("roles", List.of("member"), "team", "red"));
		ask(JWT, session);
		ask(JWT + "?clientId=canary-client-0123456789&canary-query-0123456789=x", session);
		ask("/api/canary-path-0123456789", session);
		Http.get(server.uri("/admin/canary-path-0123456789"), "Authorization", "Bearer " + AdminTokens.ALL);
		Http.send("CANARY-METHOD-0123456789", server.uri(JWT), HttpRequest.BodyPublishers.noBody(), "Authorization",
				"Bearer " + session);
		String meters = server.meters() + scrape("metrics").body();
		assertThat(meters.toLowerCase(java.util.Locale.ROOT)).contains("tokens_issued_total", "tokens.issued")
			.doesNotContain("canary",
					session.substring(session.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT),
					TestKeys.KEY_SECRET.toLowerCase(java.util.Locale.ROOT));
	}

	@Test
	void labelsThenFewWithFewValues() {
		assertThat(server.bean(MeterRegistry.class).getMeters().stream().map(Meter::getId))
			.filteredOn((id) -> id.getName().startsWith("token") || id.getName().startsWith("limits"))
			.allSatisfy((id) -> assertThat(id.getTags()).hasSizeLessThanOrEqualTo(3));
	}

	private static HttpResponse<String> scrape(String scope) {
		return Http.get(server.uri("/actuator/prometheus"), "Authorization", "Bearer " + AdminTokens.token(scope));
	}

	private static HttpResponse<String> ask(String path, String session) {
		return Http.get(server.uri(path), "Authorization", "Bearer " + session);
	}

	private static String token(String who) {
		return switch (who) {
			case "none" -> "";
			case "unknown" -> "x.y.z";
			case "expired" -> TestServer.session("ann", Map.of(), Duration.ofHours(-1));
			case "ending" -> TestServer.session("ann", Map.of(), Duration.ofSeconds(20));
			case "suspended" -> TestServer.session("eve", Map.of("suspended", true));
			case "nothing" -> TestServer.session("bob", Map.of("roles", List.of("nothing")));
			default -> TestServer.ann();
		};
	}

	private static Map<String, Double> counts(String name) {
		return counts(server.bean(MeterRegistry.class), name);
	}

	private static Map<String, Double> counts(MeterRegistry meters, String name) {
		Map<String, Double> counts = new HashMap<>();
		for (Counter counter : meters.find(name).counters()) {
			String tags = String.join(" ",
					counter.getId().getTags().stream().map((tag) -> tag.getKey() + "=" + tag.getValue()).toList());
			if (counter.count() > 0) {
				counts.put(tags, counter.count());
			}
		}
		return counts;
	}

	private static Map<String, Double> grown(Map<String, Double> before, Map<String, Double> after) {
		Map<String, Double> grown = new HashMap<>();
		after.forEach((tags, count) -> {
			double more = count - before.getOrDefault(tags, 0.0);
			if (more > 0) {
				grown.put(tags, more);
			}
		});
		return grown;
	}

}
