package dev.ablyauth.issuing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.TestServer;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.TestPolicies;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that are replaced while tokens are issued: each token is verified, by another
 * library, with the key that it names.
 */
class KeyRotationTests {

	/** One that was current is the previous one next, and then not there for a while. */
	private static final int KEYS = 20;

	private static final Duration DRAIN = Duration.ofDays(365);

	@TempDir
	private Path folder;

	private final Set<String> kids = ConcurrentHashMap.newKeySet();

	private final AtomicInteger verified = new AtomicInteger();

	@Test
	void issueWhileKeysAreReplacedHundredsOfTimesThenEachTokenVerifiesWithTheKeyThatItNames() throws Exception {
		rotate(0);
		LiveKeys keys = TestLiveKeys.of(TestLiveKeys.in(current()),
				TestLiveKeys.in(previous(), TestIssuer.NOW.plus(DRAIN)));
		TokenIssuer issuer = new TestIssuer().build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		AtomicInteger users = new AtomicInteger();
		whileIssuing(2, () -> {
			AppUser user = TestUsers.user("user-" + users.incrementAndGet() % 50, Map.of());
			return issuer.issue(user, Asked.JWT, Wish.NONE, TestIssuer.REQUEST).token();
		}, () -> {
			for (int i = 1; i <= 500; i++) {
				rotate(i);
				TestLiveKeys.lookTwice(keys);
			}
		});
		assertThat(keys.reloads()).isEqualTo(500);
		assertThat(keys.failures()).isZero();
		assertThat(this.verified.get()).isGreaterThan(500);
		assertThat(this.kids).hasSizeGreaterThan(KEYS / 2);
	}

	/** Several looks at once, while files change in any order. */
	@Test
	void lookWhenSeveralLookAtOnceThenTheLastFilesCount() throws Exception {
		rotate(0);
		LiveKeys keys = TestLiveKeys.of(TestLiveKeys.in(current()), TestLiveKeys.in(previous()));
		TokenIssuer issuer = new TestIssuer().build(TestPolicies.live(TestIssuer.ALL_TALK), keys);
		AppUser user = TestUsers.user("ann", Map.of());
		whileIssuing(4, () -> {
			keys.look();
			return issuer.issue(user, Asked.JWT, Wish.NONE, TestIssuer.REQUEST).token();
		}, () -> {
			for (int i = 1; i <= 200; i++) {
				rotate(i);
			}
		});
		TestLiveKeys.lookTwice(keys);
		assertThat(keys.current().toString()).isEqualTo("[I2E_JQ." + name(200) + ", I2E_JQ." + name(199) + "]");
	}

	@Test
	@Tag("long")
	void issueByTheServerWhileKeysAndPoliciesAreReplacedTenThousandTimesThenNoRequestFails() throws Exception {
		rotate(0);
		Path policy = policy(0);
		try (TestServer server = TestServer.start("ably-auth.keys[0].value=", "ably-auth.keys[0].file=" + current(),
				"ably-auth.keys[1].file=" + previous(), "ably-auth.keys[1].drain-until=2099-01-01T00:00:00Z",
				"ably-auth.policy=file:" + policy)) {
			LiveKeys keys = server.bean(LiveKeys.class);
			LivePolicy live = server.bean("livePolicy", LivePolicy.class);
			AtomicInteger users = new AtomicInteger();
			HttpClient client = HttpClient.newHttpClient();
			whileIssuing(4, () -> ask(client, server.uri("/api/ably-jwt"), "user-" + users.incrementAndGet() % 500),
					() -> {
						for (int i = 1; i <= 10_000; i++) {
							rotate(i);
							policy(i);
							TestLiveKeys.lookTwice(keys);
							TestPolicies.lookTwice(live);
						}
					});
			// The server looks too, and may find one of the two files replaced.
			assertThat(keys.reloads()).isGreaterThanOrEqualTo(10_000);
			assertThat(live.reloads()).isEqualTo(10_000);
			assertThat(keys.failures() + live.failures()).isZero();
		}
		System.out.println(this.verified.get() + " tokens verified, of " + this.kids.size() + " keys");
		assertThat(this.verified.get()).isGreaterThan(10_000);
		assertThat(this.kids).hasSize(KEYS);
	}

	/** Else a server that runs for years would have all keys that it ever had there. */
	@Test
	void rotateWhenManyKeysHaveGoneThenTheMetersForgetThoseThatNobodyKnows() throws Exception {
		Path file = TestLiveKeys.replace(current(), TestLiveKeys.key("first"));
		try (TestServer server = TestServer.start("ably-auth.keys[0].value=", "ably-auth.keys[0].file=" + file)) {
			HttpClient client = HttpClient.newHttpClient();
			LiveKeys keys = server.bean(LiveKeys.class);
			for (int i = 0; i <= KeyRings.MOST_FORMER; i++) {
				ask(client, server.uri("/api/ably-jwt"), "ann");
				assertThat(server.meters()).contains("I2E_JQ.first");
				TestLiveKeys.replace(file, TestLiveKeys.key("k" + i));
				TestLiveKeys.lookTwice(keys);
			}
			assertThat(server.meters()).doesNotContain("I2E_JQ.first").contains("I2E_JQ.k0");
		}
	}

	private static String ask(HttpClient client, URI uri, String user) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri)
			.header("Authorization", "Bearer " + TestServer.session(user, Map.of("team", "red")))
			.build();
		HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return answer.body();
	}

	private void whileIssuing(int threads, Callable<String> issue, Runnable changes) throws Exception {
		AtomicBoolean stop = new AtomicBoolean();
		ExecutorService clients = Executors.newFixedThreadPool(threads);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			running.add(clients.submit(() -> {
				while (!stop.get()) {
					verify(issue.call());
				}
				return null;
			}));
		}
		try {
			changes.run();
		}
		finally {
			stop.set(true);
			clients.shutdown();
		}
		for (Future<?> client : running) {
			client.get();
		}
	}

	private void verify(String token) {
		DecodedJWT jwt = JWT.decode(token);
		String name = jwt.getKeyId().substring(TestLiveKeys.APP.length() + 1);
		Algorithm.HMAC256(TestLiveKeys.secret(name)).verify(jwt);
		this.kids.add(name);
		this.verified.incrementAndGet();
	}

	private static String name(int rotation) {
		return "k" + (rotation + KEYS) % KEYS;
	}

	private Path current() {
		return this.folder.resolve("current");
	}

	private Path previous() {
		return this.folder.resolve("previous");
	}

	private void rotate(int rotation) {
		TestLiveKeys.replace(previous(), TestLiveKeys.key(name(rotation - 1)));
		TestLiveKeys.replace(current(), TestLiveKeys.key(name(rotation)));
	}

	private Path policy(int version) {
		try {
			Path next = Files.writeString(this.folder.resolve("next.yml"),
					TestIssuer.ALL_TALK.replace("talk:*", "talk:" + version + ":*"));
			return Files.move(next, this.folder.resolve("policy.yml"), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
