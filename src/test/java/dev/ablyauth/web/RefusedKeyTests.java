package dev.ablyauth.web;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import com.auth0.jwt.JWT;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.TestLiveKeys;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key file under a running server, which asks Ably of what is new in it.
 */
class RefusedKeyTests {

	@TempDir
	private Path folder;

	/** Half written, wrong, and one that the app does not have. */
	@ParameterizedTest
	@ValueSource(strings = { "I2E_JQ.kb:kb-canary-key-sec", "I2E_JQ.kb:kb-canary-key-secret-0123456789-abcdefghijX",
			"I2E_JQ.kc:kb-canary-key-secret-0123456789-abcdefghijk" })
	void replaceWhenAblyRefusesTheKeyThenTheOldOneStaysUntilTheFileIsMended(String wrong) throws Exception {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TestLiveKeys.key("ka"));
		try (AblyStandIn ably = standIn(); TestServer server = start(file, ably.port(), "ably")) {
			TestLiveKeys.replace(file, wrong);
			await(() -> health(server).contains("of which Ably says"));
			assertThat(health(server)).contains("\"status\":\"UP\"", "the file " + file + " has the key I2E_JQ.k")
				.doesNotContain("canary-key-sec");
			assertThat(server.meters()).containsPattern("key\\.problems.*value=1\\.0");
			assertThat(kid(server)).isEqualTo("I2E_JQ.ka");
			TestLiveKeys.replace(file, TestLiveKeys.key("kb"));
			await(() -> kid(server).equals("I2E_JQ.kb"));
			assertThat(health(server)).doesNotContain("of which Ably says");
			assertThat(ably.refused()).extracting(Refusal::code).hasSize(1);
		}
	}

	@Test
	void replaceWhenAblyIsAwayThenTheNewKeySigns() throws Exception {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TestLiveKeys.key("ka"));
		try (TestServer server = start(file, 9, "ably")) {
			TestLiveKeys.replace(file, TestLiveKeys.key("kb"));
			await(() -> kid(server).equals("I2E_JQ.kb"));
		}
	}

	@Test
	void replaceWhenTheOwnClockCountsThenAblyIsNotAsked() throws Exception {
		Path file = TestLiveKeys.write(this.folder.resolve("key"), TestLiveKeys.key("ka"));
		try (AblyStandIn ably = standIn(); TestServer server = start(file, ably.port(), "own")) {
			TestLiveKeys.replace(file, TestLiveKeys.key("kc"));
			await(() -> kid(server).equals("I2E_JQ.kc"));
			assertThat(ably.refused()).isEmpty();
		}
	}

	private static AblyStandIn standIn() {
		return AblyStandIn.start("I2E_JQ.kb", TestLiveKeys.secret("kb"), "{\"[*]*\":[\"*\"]}");
	}

	private static TestServer start(Path file, int ably, String clock) {
		return TestServer.start(AdminTokens.settings("ably-auth.keys[0].value=", "ably-auth.keys[0].file=" + file,
				"ably-auth.ably.rest-url=http://127.0.0.1:" + ably, "ably-auth.ably.clock=" + clock));
	}

	private static String kid(TestServer server) {
		return JWT.decode(Http.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.ann()).body())
			.getKeyId();
	}

	private static String health(TestServer server) {
		return Http.get(server.uri("/actuator/health"), "Authorization", "Bearer " + AdminTokens.ALL).body();
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		Instant end = Instant.now().plus(Duration.ofSeconds(15));
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).isBefore(end);
			Thread.sleep(100);
		}
	}

}
