package dev.ablyauth.rest;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRequest;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.issuing.TestRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens when Ably does not do what it should.
 */
class AblyRestFailuresTests {

	private static final String DETAILS = "{\"token\":\"app.token\",\"issued\":1,\"expires\":2,\"capability\":\"{}\"}";

	private final BrokenAbly ably = BrokenAbly.hanging();

	private final AblyRestApi api = new AblyRestApi(this.ably.uri(), TestRequests.CAPABILITIES, Clock.systemUTC());

	private final LogLines log = new LogLines(TokenRefusals.class);

	@AfterEach
	void close() {
		this.log.close();
		this.api.close();
		this.ably.close();
	}

	private void assertUnavailable(String message) {
		TestRequests.assertRefused(() -> this.api.redeem(TestRequests.signed()), Reason.UNAVAILABLE, message);
	}

	private void warmUp() throws InterruptedException {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(201, "", DETAILS))));
		assertThat(this.api.redeem(TestRequests.signed()).token()).isEqualTo("app.token");
		assertThat(this.ably.awaitRequests(1)).isTrue();
		assertThat(this.ably.awaitClientsGone(1)).isTrue();
	}

	@Test
	void redeemThenSendsWhatWasSignedAndNoOtherCredential() {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(201, "", DETAILS))));
		TokenRequest signed = TestRequests.signed();
		this.api.redeem(signed);
		assertThat(this.ably.requests()).singleElement().satisfies((request) -> {
			assertThat(request).startsWith("POST /keys/" + TestKeys.KEY_NAME + "/requestToken HTTP/1.1\r\n")
				.containsIgnoringCase("\r\ncontent-type: application/json")
				.containsIgnoringCase("\r\nx-ably-version: ")
				.doesNotContainIgnoringCase("\r\nauthorization:");
			JsonMapper json = new JsonMapper();
			JsonNode body = json.readTree(request.substring(request.indexOf("\r\n\r\n")));
			assertThat(body).isEqualTo(json.readTree(json.writeValueAsString(signed)));
		});
	}

	@Test
	void redeemWhenAblyHangsThenRefusedAfterTwoSecondsAndTheConnectionIsGone() throws Exception {
		warmUp();
		this.ably.behave((server, out) -> server.pause(60_000));
		assertTwoSeconds();
		assertThat(this.ably.awaitClientsGone(1)).isTrue();
		warmUp();
	}

	@Test
	void redeemWhenAblyDripsThenRefusedAfterTwoSecondsAndTheConnectionIsGone() throws Exception {
		warmUp();
		this.ably.behave((server, out) -> {
			byte[] bytes = BrokenAbly.bytes(BrokenAbly.answer(201, "", DETAILS));
			for (int i = 0; i < bytes.length && server.pause(100); i++) {
				out.write(bytes[i]);
			}
		});
		assertTwoSeconds();
		assertThat(this.ably.awaitClientsGone(1)).isTrue();
	}

	private void assertTwoSeconds() {
		long start = System.nanoTime();
		assertUnavailable("did not answer in time");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(AblyRestApi.LONGEST.minusMillis(5),
				Duration.ofSeconds(3));
	}

	@Test
	void redeemWhenThirtyTwoCallsAreInFlightThenTheNextIsRefusedAtOnce() throws Exception {
		warmUp();
		this.ably.behave((server, out) -> server.pause(60_000));
		ExecutorService clients = Executors.newFixedThreadPool(AblyCalls.MOST);
		try {
			List<Future<?>> refused = new ArrayList<>();
			for (int i = 0; i < AblyCalls.MOST; i++) {
				refused.add(clients.submit(() -> assertUnavailable("did not answer in time")));
			}
			assertThat(this.ably.awaitRequests(AblyCalls.MOST)).isTrue();
			long start = System.nanoTime();
			assertUnavailable("Too many");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
			for (Future<?> each : refused) {
				each.get();
			}
		}
		finally {
			clients.shutdownNow();
		}
		assertThat(this.ably.awaitClientsGone(AblyCalls.MOST)).isTrue();
		warmUp();
	}

	@ParameterizedTest
	@CsvSource({ "401, 40101", "401, 40130", "401, 40131", "401, 40132", "401, 40400" })
	void refusesWhenAblySaysThatTheKeyIsNotGoodThenTrue(int status, int code) {
		answer(status, "{\"error\":{\"code\":" + code + "}}");
		assertThat(this.api.refuses(TestKeys.KEY)).isTrue();
		assertThat(this.log.of(Level.ERROR)).isEmpty();
	}

	/** A clock that is off, a nonce seen before, an account, too many, a proxy. */
	@ParameterizedTest
	@CsvSource({ "401, 40104", "401, 40105", "401, 40110", "401, 40100", "403, 40101", "429, 42910", "500, 40101",
			"503, 50003", "404, 0", "404, 40400", "401, 0" })
	void refusesWhenAblySaysAnythingElseThenFalse(int status, int code) {
		answer(status, "{\"error\":{\"code\":" + code + "}}");
		assertThat(this.api.refuses(TestKeys.KEY)).isFalse();
	}

	@Test
	void refusesWhenTheKeyIsGoodThenFalse() {
		answer(201, DETAILS);
		assertThat(this.api.refuses(TestKeys.KEY)).isFalse();
	}

	@Test
	void refusesWhenThereIsNoAnswerThenFalseSoon() throws Exception {
		warmUp();
		this.ably.behave((server, out) -> server.pause(60_000));
		long start = System.nanoTime();
		assertThat(this.api.refuses(TestKeys.KEY)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
	}

	private void answer(int status, String body) {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(status, "", body))));
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 500, 502, 503, 504, 520 })
	void redeemWhenAblyCannotThenUnavailable(int status) {
		this.ably.behave((server, out) -> out
			.write(BrokenAbly.bytes(BrokenAbly.answer(status, "", "{\"error\":{\"code\":" + status + "10}}"))));
		assertUnavailable("cannot be reached");
		assertThat(this.log.of(Level.ERROR)).isEmpty();
		assertThat(this.ably.requests()).hasSize(1);
	}

	static Stream<String> unusable() {
		return Stream.of("", "null", "[]", "\"app.token\"", "{", "{}", "<html>", "{\"token\":null}", "{\"token\":\"\"}",
				"{\"token\":{}}", "{\"token\":[\"a\"]}", "{\"token\":\"a\",\"token\":\"b\"}", "{\"token\":\"a\\nb\"}",
				"{\"token\":\"a b\"}", "{\"token\":\"\u00e4\"}", "{\"token\":\"a\",\"expires\":\"soon\"}",
				"{\"token\":\"a\"} x", "{'token':'a'}", "{\"token\":\"" + "a".repeat(4097) + "\"}",
				"{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}", DETAILS.replace("{}", "x".repeat(512 * 1024)));
	}

	@ParameterizedTest
	@MethodSource("unusable")
	void redeemWhenTheAnswerCannotBeUsedThenUnavailable(String body) {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(201, "", body))));
		assertUnavailable("cannot be reached");
		assertThat(this.ably.requests()).hasSize(1);
	}

	@Test
	void redeemWhenTheTokenIsAsLongAsItMayBeThenGood() {
		String token = "a".repeat(4096);
		String body = DETAILS.replace("app.token", token).replace("{}", "x".repeat(200_000));
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(200, "", body))));
		assertThat(this.api.redeem(TestRequests.signed()).token()).isEqualTo(token);
	}

	@Test
	void redeemWhenTheAnswerHasNoEndThenRefusedAsSoonAsItIsTooLong() throws Exception {
		warmUp();
		this.ably.behave((server, out) -> {
			out.write(BrokenAbly.bytes("HTTP/1.1 201 x\r\nContent-Length: 9000000000\r\n\r\n"));
			byte[] blank = BrokenAbly.bytes(" ".repeat(64 * 1024));
			while (server.pause(0)) {
				out.write(blank);
			}
		});
		long start = System.nanoTime();
		assertUnavailable("cannot be reached");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
		assertThat(this.ably.awaitClientsGone(1)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redeemWhenRedirectedThenNotFollowed(int status) {
		try (BrokenAbly other = BrokenAbly.answering(201, DETAILS)) {
			this.ably.behave((server, out) -> out
				.write(BrokenAbly.bytes(BrokenAbly.answer(status, "Location: " + other.uri() + "/x\r\n", ""))));
			assertUnavailable("does not accept");
			assertThat(other.requests()).isEmpty();
		}
		assertThat(this.log.of(Level.ERROR)).singleElement().asString().contains("status " + status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 2", "HTTP/1.1 201 x\r\nContent-Length: 100\r\n\r\n{", "x\r\n\r\n" })
	void redeemWhenTheConnectionBreaksThenUnavailableAndNotSentAgain(String beginning) {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(beginning)));
		assertUnavailable("cannot be reached");
		assertThat(this.ably.requests()).hasSize(1);
	}

	@Test
	void redeemWhenNobodyListensThenUnavailable() {
		this.ably.close();
		assertUnavailable("cannot be reached");
		assertThat(this.log.of(Level.ERROR)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '|',
			value = { "401;;{\"error\":{\"code\":40160}}", "401;X-Ably-ErrorCode: 40160;",
					"400;x-ably-errorcode: 40160;<html>",
					"401;X-Ably-ErrorCode: 40100;{\"error\":{\"code\":40160,\"message\":\"no\"}}" })
	void redeemWhenAblySaysThatTheKeyDoesNotAllowItThenKeyAllowsNothing(int status, String header, String body) {
		String headers = (header != null) ? header + "\r\n" : "";
		this.ably.behave((server, out) -> out
			.write(BrokenAbly.bytes(BrokenAbly.answer(status, headers, (body != null) ? body : ""))));
		TestRequests.assertRefused(() -> this.api.redeem(TestRequests.signed()), Reason.KEY_ALLOWS_NOTHING,
				"allows nothing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "{\"error\":40160}", "{\"error\":{\"code\":\"40160\"}}",
			"{\"error\":{\"code\":123456789012}}", "{\"error\":{\"code\":40160.5}}" })
	void redeemWhenTheErrorCannotBeReadThenItsStatusCounts(String body) {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(401, "", body))));
		assertUnavailable("does not accept");
		assertThat(this.log.of(Level.ERROR)).singleElement().asString().endsWith("status 401 and code 40100");
	}

	@Test
	void redeemWhenAHostCannotBeConnectedThenTheNext() {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(201, "", DETAILS))));
		assertThat(redeemAt("127.0.0.2", "127.0.0.1")).isEqualTo("app.token");
	}

	@Test
	void redeemWhenAHostFailsThenTheNextAndAtMostThreeInAll() {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(500, "", ""))));
		TestRequests.assertRefused(() -> redeemAt("127.0.0.1", "localhost", "127.0.0.1", "localhost"),
				Reason.UNAVAILABLE, "cannot be reached");
		assertThat(this.ably.requests()).hasSize(3);
	}

	@Test
	void redeemWhenTheFirstHostHangsThenTheOthersHaveNoMoreTime() {
		TestRequests.assertRefused(() -> redeemAt("127.0.0.1", "localhost"), Reason.UNAVAILABLE, "in time");
		assertThat(this.ably.requests()).hasSize(1);
	}

	private String redeemAt(String host, String... fallbackHosts) {
		URI uri = URI.create("http://" + host + ":" + this.ably.uri().getPort());
		try (AblyRestApi other = new AblyRestApi(new AblyClients(uri, List.of(fallbackHosts)),
				TestRequests.CAPABILITIES, Clock.systemUTC())) {
			return other.redeem(TestRequests.signed()).token();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"", "\"{}\"", "\"[]\"", "\"{\\\"a\\\":[]}\"", "\"{\\\"a\\\":[\\\"fly\\\"]}\"",
			"\"{\\\"[x]a\\\":[\\\"*\\\"]}\"" })
	void keyCapabilityWhenItCannotBeReadThenUnavailable(String capability) {
		this.ably.behave((server, out) -> out.write(
				BrokenAbly.bytes(BrokenAbly.answer(201, "", "{\"token\":\"a.b\",\"capability\":" + capability + "}"))));
		TestRequests.assertRefused(() -> this.api.keyCapability(TestKeys.KEY), Reason.UNAVAILABLE, "The capability");
	}

	@Test
	void keyCapabilityThenAsksForAMinuteAndNamesNoCapability() {
		this.ably.behave((server, out) -> out.write(BrokenAbly
			.bytes(BrokenAbly.answer(201, "", "{\"token\":\"a.b\",\"capability\":\"{\\\"[*]*\\\":[\\\"*\\\"]}\"}"))));
		assertThat(this.api.keyCapability(TestKeys.KEY)).isEqualTo(Capability.everything());
		assertThat(this.ably.requests()).singleElement()
			.asString()
			.contains("\"ttl\":60000", "\"mac\":")
			.doesNotContain("capability", "clientId", TestKeys.KEY_SECRET);
	}

	@Test
	void redeemAndKeyCapabilityThenNothingIsPrinted() {
		PrintStream out = System.out;
		PrintStream err = System.err;
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		try (PrintStream caught = new PrintStream(said, true, StandardCharsets.UTF_8)) {
			System.setOut(caught);
			System.setErr(caught);
			for (String answer : List.of(BrokenAbly.answer(201, "", DETAILS),
					BrokenAbly.answer(404, "", "<html>canary"),
					BrokenAbly.answer(400, "", "{\"error\":{\"code\":\"canary\"}}"),
					BrokenAbly.answer(201, "", "[canary"))) {
				this.ably.behave((server, stream) -> stream.write(BrokenAbly.bytes(answer)));
				for (Runnable call : List.<Runnable>of(() -> this.api.redeem(TestRequests.signed()),
						() -> this.api.keyCapability(TestKeys.KEY))) {
					try {
						call.run();
					}
					catch (Refused ex) {
						caught.append(ex.getMessage());
					}
				}
			}
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		assertThat(said.toString(StandardCharsets.UTF_8)).contains("does not accept")
			.doesNotContain("canary", "app.token", "mac", TestKeys.KEY_SECRET);
	}

}
