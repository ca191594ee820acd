package dev.ablyauth.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

import com.auth0.jwt.JWT;
import dev.ablyauth.TestServer;
import dev.ablyauth.issuing.TestLiveKeys;
import dev.ablyauth.springapp.TestRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances at one Redis: the second one has a new key, and knows who has the old one
 * from the first.
 */
class SharedKeyTests {

	private final TestRedis redis = new TestRedis();

	@AfterEach
	void stop() {
		this.redis.close();
	}

	@Test
	void askAnotherInstanceWithANewKeyThenHoldersKeepTheirs() throws Exception {
		try (TestServer before = server("ably-auth.keys[0].value=" + TestLiveKeys.key("ka"))) {
			assertThat(kid(before, "ann")).isEqualTo("I2E_JQ.ka");
			awaitKeys((count) -> count == 1);
			try (TestServer after = server("ably-auth.keys[0].value=" + TestLiveKeys.key("kb"),
					"ably-auth.keys[1].value=" + TestLiveKeys.key("ka"),
					"ably-auth.keys[1].drain-until=2099-01-01T00:00:00Z")) {
				assertThat(kid(after, "ann")).isEqualTo("I2E_JQ.ka");
				assertThat(kid(after, "bob")).isEqualTo("I2E_JQ.kb");
				this.redis.signal("KILL");
				assertThat(kid(after, "ann")).isEqualTo("I2E_JQ.ka");
				assertThat(kid(after, "carl")).isEqualTo("I2E_JQ.kb");
				assertThat(after.meters()).contains("key.memory.dropped");
			}
		}
	}

	private TestServer server(String... keys) {
		String[] settings = Arrays.copyOf(keys, keys.length + 1);
		settings[keys.length] = "ably-auth.rate-limit.redis=" + this.redis.url();
		return TestServer.start(settings);
	}

	private static String kid(TestServer server, String user) {
		return JWT
			.decode(Http
				.get(server.uri("/api/ably-jwt"), "Authorization", "Bearer " + TestServer.session(user, Map.of()))
				.body())
			.getKeyId();
	}

	private void awaitKeys(Predicate<Integer> count) throws InterruptedException {
		Instant end = Instant.now().plus(Duration.ofSeconds(15));
		try (StatefulRedisConnection<String, byte[]> plain = this.redis.connect()) {
			while (!count.test(plain.sync().keys("ably-auth:key:*").size())) {
				assertThat(Instant.now()).isBefore(end);
				Thread.sleep(20);
			}
		}
	}

}
