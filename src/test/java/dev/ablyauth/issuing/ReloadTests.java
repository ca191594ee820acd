package dev.ablyauth.issuing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import com.auth0.jwt.JWT;
import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.TestPolicies;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A policy that is replaced while tokens are issued.
 */
class ReloadTests {

	private static final AppUser ANN = TestUsers.user("ann", Map.of("roles", List.of("a", "b"), "team", "red"));

	@TempDir
	private Path folder;

	@Test
	void issueWhileReloadedThousandTimesThenEachTokenIsOfExactlyOneVersion() throws Exception {
		assertEachTokenIsOfOneVersion(1000, 10);
	}

	@Test
	void issueWhileThousandRulesAreReloadedThenNoRequestFailsAndNoneSeesHalf() throws Exception {
		assertEachTokenIsOfOneVersion(3, 1000);
	}

	private void assertEachTokenIsOfOneVersion(int reloads, int rules) throws Exception {
		String one = policy("one", rules);
		String two = policy("second", rules);
		Path file = replace(one);
		LivePolicy live = TestPolicies.of(file);
		TokenIssuer issuer = new TestIssuer().build(live);
		AtomicBoolean stop = new AtomicBoolean();
		Set<String> seen = ConcurrentHashMap.newKeySet();
		ExecutorService clients = Executors.newFixedThreadPool(2);
		List<Future<Integer>> issued = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			issued.add(clients.submit(() -> {
				int tokens = 0;
				while (!stop.get()) {
					seen.add(capability(issuer));
					tokens++;
				}
				return tokens;
			}));
		}
		for (int i = 0; i < reloads; i++) {
			replace((i % 2 == 0) ? two : one);
			TestPolicies.lookTwice(live);
		}
		stop.set(true);
		int tokens = 0;
		for (Future<Integer> client : issued) {
			tokens += client.get();
		}
		clients.shutdown();
		assertThat(live.reloads()).isEqualTo(reloads);
		assertThat(tokens).isGreaterThan(reloads);
		assertThat(seen).isSubsetOf(expected("one", rules), expected("second", rules)).isNotEmpty();
	}

	private static String capability(TokenIssuer issuer) {
		IssuedToken token = issuer.issue(ANN, Asked.JWT, Wish.NONE, TestIssuer.REQUEST);
		return JWT.decode(((AblyJwt) token.credential()).token()).getClaim("x-ably-capability").asString();
	}

	/**
	 * The first and the last five rules give something, so that half of a file would
	 * show.
	 */
	private static String policy(String version, int rules) {
		StringBuilder yaml = new StringBuilder("rules:\n");
		for (int i = 0; i < rules; i++) {
			String role = (i < 5 || i >= rules - 5) ? "a" : "x" + i;
			yaml.append("  - {name: r").append(i).append(", when: \"'").append(role);
			yaml.append("' in user.roles && claims.team == 'red'\", grant: [{channel: \"").append(version).append(":");
			yaml.append(i).append(":{claims.team}\", operations: publish}]}\n");
		}
		return yaml.toString();
	}

	private static String expected(String version, int rules) {
		List<String> entries = new ArrayList<>();
		for (int i = 0; i < rules; i++) {
			if (i < 5 || i >= rules - 5) {
				entries.add("\"" + version + ":" + i + ":red\":[\"publish\"]");
			}
		}
		return "{" + String.join(",", entries.stream().sorted().toList()) + "}";
	}

	private Path replace(String yaml) throws Exception {
		Path next = Files.writeString(this.folder.resolve("next"), yaml);
		return Files.move(next, this.folder.resolve("policy.yml"), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

}
