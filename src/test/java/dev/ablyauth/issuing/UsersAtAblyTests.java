package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.policy.Policy;
import dev.ablyauth.policy.TestPolicies;
import dev.ablyauth.session.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose tokens are revoked when a user is, by this policy and those before it.
 */
class UsersAtAblyTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final UsersAtAbly users = new UsersAtAbly(Duration.ofHours(24), this.clock);

	private static Policy policy(String clientId, String... more) {
		return TestPolicies.read("client-id: '" + clientId + "'\nrules: [{name: r, " + String.join("", more)
				+ "grant: [{channel: a, operations: publish}]}]");
	}

	private static Optional<ClientId> is(String clientId) {
		return Optional.of(ClientId.of(clientId));
	}

	@Test
	void ofWhenTheTemplateChangesThenAlsoByTheOneBeforeUntilItsTokensHaveEnded() {
		this.users.follow(policy("{user.id}"));
		assertThat(this.users.of("ann")).containsExactly(is("ann"));
		this.users.follow(policy("u-{user.id}"));
		this.users.follow(policy("u-{user.id}", "ttl: 5m, "));
		assertThat(this.users.of("ann")).containsExactly(is("u-ann"), is("ann"));
		this.clock.advance(Duration.ofHours(24));
		assertThat(this.users.of("ann")).containsExactly(is("u-ann"));
	}

	@Test
	void ofWhenTokensMayHaveOtherClientIdsThenEmptyTooOnce() {
		this.users.follow(policy("{claims.nick}"));
		assertThat(this.users.of("ann")).containsExactly(Optional.empty());
		this.users.follow(policy("{user.id}", "wildcard-client-id: true, "));
		assertThat(this.users.of("ann")).containsExactly(is("ann"), Optional.empty());
		this.users.follow(policy("{user.id}"));
		this.clock.advance(Duration.ofHours(23));
		assertThat(this.users.of("ann")).containsExactlyInAnyOrder(is("ann"), Optional.empty());
		this.clock.advance(Duration.ofHours(1));
		assertThat(this.users.of("ann")).containsExactly(is("ann"));
	}

	@Test
	void followWhenPoliciesChangeAgainAndAgainThenOnlySomeAreRemembered() {
		for (int i = 0; i < 100; i++) {
			this.users.follow(policy("u" + i + "-{user.id}"));
		}
		assertThat(this.users.of("ann")).hasSize(UsersAtAbly.MOST + 1).startsWith(is("u99-ann"), is("u98-ann"));
	}

}
