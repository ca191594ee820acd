package dev.ablyauth.rest;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.issuing.TestRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static dev.ablyauth.rest.TestRevocations.assertFailed;
import static dev.ablyauth.rest.TestRevocations.assertRevoked;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a revocation when Ably does not do what it should.
 */
class AblyRevokerFailuresTests {

	private static final String BASIC = Base64.getEncoder()
		.encodeToString(TestKeys.KEY.getBytes(StandardCharsets.UTF_8));

	private final BrokenAbly ably = BrokenAbly.hanging();

	private final AblyRestApi api = new AblyRestApi(this.ably.uri(), TestRequests.CAPABILITIES, Clock.systemUTC());

	private final TokenRevoker revoker = this.api.revoker(TestKeys.KEY);

	private final Revocation revocation = TestRevocations.of("clientId:ann", "clientId:bob");

	@AfterEach
	void close() {
		this.api.close();
		this.ably.close();
	}

	private void answer(int status, String headers, String body) {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(BrokenAbly.answer(status, headers, body))));
	}

	private RevocationResult revoke() {
		return this.revoker.revoke(this.revocation);
	}

	private String revoked(String target) {
		return "{\"target\":\"" + target + "\",\"issuedBefore\":S,\"appliesAt\":S}".replace("S",
				Long.toString(this.revocation.issuedBefore().millis()));
	}

	private static String results(String... results) {
		return "{\"successCount\":1,\"failureCount\":0,\"results\":[" + String.join(",", results) + "]}";
	}

	@Test
	void revokeThenSendsOneVersionOneCredentialAndNothingElseOfTheKey() {
		answer(201, "", results(revoked("clientId:ann"), revoked("clientId:bob")));
		assertRevoked(revoke(), "clientId:ann", "clientId:bob");
		assertThat(this.ably.requests()).singleElement()
			.asString()
			.startsWith("POST /keys/" + TestKeys.KEY_NAME + "/revokeTokens HTTP/1.1\r\n")
			.containsOnlyOnce("\r\nAuthorization: Basic " + BASIC + "\r\n")
			.containsOnlyOnce("\r\nX-Ably-Version: 3\r\n")
			.doesNotContain(TestKeys.KEY_SECRET, "Version: 4")
			.containsIgnoringCase("\r\ncontent-type: application/json\r\n")
			.endsWith("\r\n\r\n{\"targets\":[\"clientId:ann\",\"clientId:bob\"],\"issuedBefore\":"
					+ this.revocation.issuedBefore().millis() + ",\"allowReauthMargin\":false}");
	}

	@ParameterizedTest
	@CsvSource({ "40163, NOT_REVOCABLE", "40164, NOT_REVOCABLE", "40121, NOT_REVOCABLE", "40133, WRONG_KEY",
			"40101, BAD_CREDENTIALS", "40131, KEY_REVOKED", "40162, BAD_CREDENTIALS", "40000, INVALID",
			"42910, RATE_LIMITED", "50003, UNAVAILABLE", "99999, UNAVAILABLE", "7, UNAVAILABLE", "-40163, UNAVAILABLE",
			"9999999999, UNAVAILABLE", "40163.5, UNAVAILABLE", "\"40163\", UNAVAILABLE", "null, UNAVAILABLE" })
	void revokeWhenOneTargetFailsThenTheOtherIsRevoked(String code, RevocationFailure reason) {
		answer(201, "",
				results("{\"target\":\"clientId:bob\",\"error\":{\"code\":" + code + ",\"message\":\"canary\"}}",
						revoked("clientId:ann")));
		RevocationResult result = revoke();
		assertThat(result.complete()).isFalse();
		assertThat(result.targets().values()).satisfiesExactly(
				(ann) -> assertThat(ann).isInstanceOf(TargetResult.Revoked.class),
				(bob) -> assertThat(((TargetResult.Failed) bob).reason()).isEqualTo(reason));
	}

	@ParameterizedTest
	@CsvSource({ "401, 40133, WRONG_KEY, 40133", "401, 40164, NOT_REVOCABLE, 40164", "403, 40121, NOT_REVOCABLE, 40121",
			"401, 40103, BAD_CREDENTIALS, 40103", "404, 40400, BAD_CREDENTIALS, 40400",
			"403, 40300, BAD_CREDENTIALS, 40300", "400, 40001, INVALID, 40001", "429, 42918, RATE_LIMITED, 42918",
			"429, '', RATE_LIMITED, 42900", "400, 40020, UNAVAILABLE, 40020", "302, '', UNAVAILABLE, 30200",
			"418, '', UNAVAILABLE, 41800", "401, '', BAD_CREDENTIALS, 40100", "520, '', UNAVAILABLE, 52000" })
	void revokeWhenTheCallFailsThenAllTargetsForTheSameReason(int status, String code, RevocationFailure reason,
			int seen) {
		answer(status, code.isEmpty() ? "" : "X-Ably-ErrorCode: " + code + "\r\n", "<html>canary");
		assertFailed(revoke(), reason, seen);
		assertThat(this.ably.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 504 })
	void revokeWhenAblyCannotThenUnavailable(int status) {
		answer(status, "", "{\"error\":{\"code\":40163}}");
		assertThat(revoke().targets().values())
			.allSatisfy((target) -> assertThat(((TargetResult.Failed) target).reason())
				.isEqualTo(RevocationFailure.UNAVAILABLE));
	}

	static Stream<String> unusable() {
		return Stream.of("", "null", "[]", "[{\"target\":\"clientId:ann\"}]", "\"x\"", "{", "{}", "<html>",
				"{\"results\":null}", "{\"results\":{}}", "{\"results\":{\"a\":{\"target\":\"clientId:ann\"}}}",
				"{\"results\":[]}", "{\"results\":[[],7,null,\"clientId:ann\"]}", results("{}"),
				results("{\"target\":\"clientId:ann\"}"), results("{\"target\":[\"clientId:ann\"]}"),
				results("{\"target\":\"clientId:ann\",\"target\":\"clientId:ann\"}"),
				results("{\"target\":\"clientId:ann\",\"issuedBefore\":\"1\",\"appliesAt\":1}"),
				results("{\"target\":\"clientId:ann\",\"issuedBefore\":1,\"appliesAt\":1}"),
				results("{\"target\":\"clientId:ann\",\"issuedBefore\":9e300,\"appliesAt\":9e300}"),
				results("{\"target\":\"clientId:ann\",\"issuedBefore\":9999999999999999999999,\"appliesAt\":1}"),
				results("{\"target\":\"clientId:ann\",\"issuedBefore\":9223372036854775807,"
						+ "\"appliesAt\":9223372036854775807}"),
				"{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
				"{\"results\":[],\"x\":\"" + "x".repeat(512 * 1024) + "\"}");
	}

	@ParameterizedTest
	@MethodSource("unusable")
	void revokeWhenTheAnswerCannotBeUsedThenUnavailable(String body) {
		answer(201, "", body);
		assertThat(revoke().targets().values()).hasSize(2)
			.allSatisfy((target) -> assertThat(((TargetResult.Failed) target).reason())
				.isEqualTo(RevocationFailure.UNAVAILABLE));
		assertThat(this.ably.requests()).hasSize(1);
	}

	@Test
	void revokeWhenTheAnswerHasOthersTooThenTheyAreLeftOut() {
		answer(201, "", results(revoked("clientId:eve"), revoked("clientId:ann"), revoked("clientId:Bob"),
				revoked("clientId:bob")));
		assertRevoked(revoke(), "clientId:ann", "clientId:bob");
	}

	@Test
	void revokeWhenTheAnswerContradictsItselfThenUnavailable() {
		String failed = "{\"target\":\"clientId:ann\",\"error\":{\"code\":40000,\"statusCode\":400}}";
		answer(201, "", results(revoked("clientId:ann"), failed, revoked("clientId:bob"), revoked("clientId:bob")));
		assertFailed(revoke(), RevocationFailure.UNAVAILABLE, 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 2", "HTTP/1.1 201 x\r\nContent-Length: 100\r\n\r\n{", "x\r\n\r\n" })
	void revokeWhenTheConnectionBreaksThenUnavailable(String beginning) {
		this.ably.behave((server, out) -> out.write(BrokenAbly.bytes(beginning)));
		assertThat(revoke().complete()).isFalse();
	}

	@Test
	void revokeWhenNobodyListensThenUnavailable() {
		this.ably.close();
		assertThat(revoke().complete()).isFalse();
	}

	@Test
	void revokeWhenTheAnswerDripsThenUnavailableAfterSevenSecondsAndTheConnectionIsGone() throws Exception {
		this.ably.behave((server, out) -> {
			byte[] bytes = BrokenAbly.bytes(BrokenAbly.answer(201, "", " ".repeat(1000)));
			for (int i = 0; i < bytes.length && server.pause(i < 80 ? 0 : 100); i++) {
				out.write(bytes[i]);
			}
		});
		long start = System.nanoTime();
		assertFailed(revoke(), RevocationFailure.UNAVAILABLE, 0);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(6900),
				Duration.ofSeconds(9));
		assertThat(this.ably.awaitClientsGone(1)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 307, 308 })
	void revokeWhenRedirectedThenTheKeyGoesNowhereElse(int status) {
		try (BrokenAbly other = BrokenAbly.answering(201, "{}")) {
			answer(status, "Location: " + other.uri() + "/x\r\n", "");
			assertThat(revoke().complete()).isFalse();
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	void revokeThenNothingOfTheKeyAndOfAnswersIsSaid() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		Level level = root.getLevel();
		PrintStream out = System.out;
		PrintStream err = System.err;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		lines.start();
		root.addAppender(lines);
		root.setLevel(Level.TRACE);
		StringBuilder said = new StringBuilder();
		try (PrintStream caught = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
			System.setOut(caught);
			System.setErr(caught);
			for (String answer : List.of(BrokenAbly.answer(201, "", results(revoked("clientId:ann"))),
					BrokenAbly.answer(401, "WWW-Authenticate: Basic realm=\"canary\"\r\n", "<html>canary"),
					BrokenAbly.answer(401, "X-Ably-ErrorMessage: canary\r\n", "{\"error\":{\"code\":40140}}"),
					BrokenAbly.answer(400, "", "{\"error\":{\"message\":\"canary\"}}"),
					BrokenAbly.answer(500, "", "canary"), BrokenAbly.answer(201, "", "[canary"), "canary")) {
				this.ably.behave((server, stream) -> stream.write(BrokenAbly.bytes(answer)));
				said.append(revoke());
			}
		}
		finally {
			System.setOut(out);
			System.setErr(err);
			root.setLevel(level);
			root.detachAppender(lines);
		}
		lines.list.forEach((line) -> said.append(line.getFormattedMessage()).append(line.getThrowableProxy()));
		said.append(printed.toString(StandardCharsets.UTF_8)).append(this.revoker);
		assertThat(said.toString()).contains("refuses to revoke", "BAD_CREDENTIALS")
			.doesNotContain(TestKeys.KEY_SECRET, BASIC, BASIC.substring(0, BASIC.length() - 4), "canary");
	}

}
