package dev.ablyauth.web;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.TestLiveKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys in a mounted secret that are replaced under a running server.
 */
class RotatedKeyTests {

	private static final String FORM = "application/x-www-form-urlencoded";

	@TempDir
	private Path mount;

	private TestServer server;

	@BeforeEach
	void start() {
		mount("1", "ka", "ka");
		this.server = TestServer.start(AdminTokens.settings("ably-auth.keys[0].value=",
				"ably-auth.keys[0].file=" + this.mount.resolve("current"), "ably-auth.keys[0].revocable-tokens=true",
				"ably-auth.keys[1].file=" + this.mount.resolve("previous"), "ably-auth.keys[1].revocable-tokens=true",
				"ably-auth.keys[1].drain-until=2099-01-01T00:00:00Z"));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private void mount(String version, String current, String previous) {
		TestLiveKeys.mount(this.mount, version, "current", TestLiveKeys.key(current), "previous",
				TestLiveKeys.key(previous));
	}

	@Test
	void rotateThenNewcomersGetTheNewKeyHoldersTheOldOneAndRevocationsGoToBoth() throws Exception {
		assertThat(kid("ann", "")).isEqualTo("I2E_JQ.ka");
		assertThat(revokers()).isEqualTo("[I2E_JQ.ka]");
		mount("2", "kb", "ka");
		await(() -> kid("bob-" + System.nanoTime(), "").equals("I2E_JQ.kb"));
		assertThat(kid("ann", "")).isEqualTo("I2E_JQ.ka");
		assertThat(revokers()).isEqualTo("[I2E_JQ.kb, I2E_JQ.ka]");
		assertThat(health())
			.contains("\"status\":\"UP\"", "{\"name\":\"I2E_JQ.ka\",\"use\":\"drains\",\"secondsUntilTokensEnd\":3",
					"{\"name\":\"I2E_JQ.kb\",\"use\":\"signs\"")
			.doesNotContain("degraded", "canary-key-secret");
		assertThat(this.server.meters()).containsPattern("key\\.reloads.*used.*value=1\\.0")
			.containsPattern("ably\\.key\\.tokens\\.end.*I2E_JQ\\.ka.*value=38..\\.0")
			.containsPattern("ably\\.key\\.tokens\\.end.*I2E_JQ\\.kb.*value=3[2-6]..\\.0")
			.containsPattern("key\\.problems.*value=0\\.0");
	}

	@Test
	void rotateWhenTheOldKeyIsInNoFileThenItsTokensCanStillBeRevoked() throws Exception {
		assertThat(kid("ann", "")).isEqualTo("I2E_JQ.ka");
		mount("2", "kb", "kb");
		await(() -> kid("ann", "").equals("I2E_JQ.kb"));
		assertThat(revokers()).isEqualTo("[I2E_JQ.kb, I2E_JQ.ka]");
		assertThat(health()).contains("{\"name\":\"I2E_JQ.ka\",\"use\":\"former\",\"secondsUntilTokensEnd\":3");
	}

	@Test
	void rotateWhenAFileIsEmptyThenTheOldKeysStayAndHealthSaysWhy() throws Exception {
		TestLiveKeys.mount(this.mount, "2", "current", "", "previous", TestLiveKeys.key("ka"));
		await(() -> health().contains("is empty"));
		assertThat(kid("bob", "")).isEqualTo("I2E_JQ.ka");
		assertThat(health()).contains("\"status\":\"UP\"", "\"degraded\"", "ably-auth.keys[0].file: the file ");
		assertThat(this.server.meters()).containsPattern("key\\.reloads.*refused.*value=1\\.0")
			.containsPattern("key\\.problems.*value=1\\.0");
		mount("3", "kb", "ka");
		await(() -> kid("carl-" + System.nanoTime(), "").equals("I2E_JQ.kb"));
		assertThat(health()).doesNotContain("degraded");
	}

	@Test
	void askWhenTheClientNamesItsKeyThenThatOneWhileItDrains() throws Exception {
		mount("2", "kb", "ka");
		await(() -> kid("bob-" + System.nanoTime(), "").equals("I2E_JQ.kb"));
		assertThat(kid("carl", "?keyName=I2E_JQ.ka")).isEqualTo("I2E_JQ.ka");
		assertThat(kid("dora", "?keyName=I2E_JQ.kc")).isEqualTo("I2E_JQ.kb");
		assertThat(kid(post("eve", "keyName=I2E_JQ.ka", FORM))).isEqualTo("I2E_JQ.ka");
		assertThat(kid(post("fred", "{\"keyName\":\"I2E_JQ.ka\"}", "application/json"))).isEqualTo("I2E_JQ.ka");
		assertThat(Http
			.get(this.server.uri("/api/ably-token-request?keyName=I2E_JQ.ka"), "Authorization",
					"Bearer " + TestServer.session("gina", Map.of()))
			.body()).contains("\"keyName\":\"I2E_JQ.ka\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?keyName=", "?keyName=x", "?keyName=I2E_JQ.ka:canary-secret-0123456789",
			"?keyName=I2E_JQ.ka&keyName=I2E_JQ.ka", "?keyName=I2E_JQ.ka%0A" })
	void askWhenTheNameIsNoneThenRefusedAndNotRepeated(String query) {
		String message = Answers.assertRefused(get("ann", query), 400, 40003);
		assertThat(message).contains("keyName").doesNotContain("canary");
	}

	@Test
	void askWhenTheNameIsNoTextThenRefused() {
		assertThat(Answers.assertRefused(post("ann", "{\"keyName\":7}", "application/json"), 400, 40003))
			.contains("keyName");
	}

	@Test
	void mintWhenTheServerOfTheAppNamesTheKeyThenThatOne() throws Exception {
		mount("2", "kb", "ka");
		await(() -> kid("bob-" + System.nanoTime(), "").equals("I2E_JQ.kb"));
		assertThat(Http
			.post(this.server.uri("/admin/explain"), "{\"user\":{\"id\":\"zoe\"},\"wish\":{\"keyName\":\"I2E_JQ.ka\"}}",
					"Authorization", "Bearer " + AdminTokens.ALL, "Content-Type", "application/json")
			.body()).contains("\"key\":\"I2E_JQ.ka\"");
	}

	/** A file in the place of the link: whoever mounts secrets in another way. */
	@Test
	void rotateWhenTheFileItselfIsReplacedThenUsedToo() throws Exception {
		Files.delete(this.mount.resolve("current"));
		TestLiveKeys.write(this.mount.resolve("current"), TestLiveKeys.key("kb"));
		await(() -> kid("bob-" + System.nanoTime(), "").equals("I2E_JQ.kb"));
	}

	/** As {@code spring.config.import: configtree:} has it. */
	@Test
	void rotateWhenTheKeyComesFromAConfigTreeThenItsFileIsFollowed() throws Exception {
		this.server.close();
		this.server = TestServer.start("spring.config.import=configtree:" + this.mount + "/",
				"ably-auth.keys[0].value=${current}");
		assertThat(kid("ann", "")).isEqualTo("I2E_JQ.ka");
		mount("2", "kb", "ka");
		await(() -> kid("ann", "").equals("I2E_JQ.kb"));
	}

	private String revokers() {
		return this.server.revokers().stream().map((revoker) -> revoker.key().value()).toList().toString();
	}

	private HttpResponse<String> get(String user, String query) {
		return Http.get(this.server.uri("/api/ably-jwt" + query), "Authorization",
				"Bearer " + TestServer.session(user, Map.of()));
	}

	private HttpResponse<String> post(String user, String body, String type) {
		return Http.post(this.server.uri("/api/ably-jwt"), body, "Authorization",
				"Bearer " + TestServer.session(user, Map.of()), "Content-Type", type);
	}

	private String kid(String user, String query) {
		return kid(get(user, query));
	}

	/** The name of the key that has really signed. */
	private static String kid(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		DecodedJWT jwt = JWT.decode(answer.body());
		String name = jwt.getKeyId().substring(TestLiveKeys.APP.length() + 1);
		Algorithm.HMAC256(TestLiveKeys.secret(name)).verify(jwt);
		return jwt.getKeyId();
	}

	private String health() {
		return Http.get(this.server.uri("/actuator/health"), "Authorization", "Bearer " + AdminTokens.ALL).body();
	}

	private static void await(BooleanSupplier condition) throws InterruptedException {
		Instant end = Instant.now().plus(Duration.ofSeconds(15));
		while (!condition.getAsBoolean()) {
			assertThat(Instant.now()).isBefore(end);
			Thread.sleep(100);
		}
	}

}
