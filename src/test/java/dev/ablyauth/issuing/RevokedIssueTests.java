package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import com.auth0.jwt.JWT;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.policy.TestUsers;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppUser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is issued around a revocation. It is 12:00:00.900.
 */
class RevokedIssueTests {

	private static final AppUser ANN = TestUsers.user("ann", Map.of());

	private final List<String> order = new ArrayList<>();

	private TestIssuer issuer(String second) {
		IssuedBefore revoked = new IssuedBefore(Instant.parse("2026-01-01T" + second + "Z"));
		return new TestIssuer().revocations(() -> (clientId, key) -> revoked)
			.pause((wait) -> this.order.add("waited " + wait.toMillis()));
	}

	private static DecodedJWT jwt(IssuedToken issued) {
		return JWT.decode(issued.token());
	}

	@Test
	void issueWhenTheRevocationHasBegunThenNotSetBack() {
		assertThat(jwt(issuer("12:00:00").issue(ANN, Asked.JWT, Wish.NONE)).getIssuedAtAsInstant())
			.isEqualTo("2026-01-01T12:00:00Z");
		assertThat(jwt(issuer("11:59:50").issue(ANN, Asked.JWT, Wish.NONE)).getIssuedAtAsInstant())
			.isEqualTo("2026-01-01T11:59:58Z");
		assertThat(this.order).isEmpty();
	}

	@Test
	void issueWhenTheRevocationBeginsWithTheNextSecondThenWaits() {
		assertThat(jwt(issuer("12:00:01").issue(ANN, Asked.JWT, Wish.NONE)).getIssuedAtAsInstant())
			.isEqualTo("2026-01-01T12:00:01Z");
		assertThat(this.order).containsExactly("waited 100");
	}

	@Test
	void issueWhenItWaitsThenTheTokenStillEndsWithTheSession() {
		AppUser ends = new AppUser("ann", ANN.roles(), ANN.claims(), ANN.source(),
				TestIssuer.NOW.plus(Duration.ofMinutes(10)));
		DecodedJWT jwt = jwt(issuer("12:00:01").issue(ends, Asked.JWT, Wish.NONE));
		assertThat(jwt.getExpiresAtAsInstant()).isBeforeOrEqualTo(ends.expires());
	}

	@Test
	void issueWhenAblysClockIsAheadThenItIsAblysTimeThatCounts() {
		TestIssuer ahead = issuer("12:00:03").clockOffset(Duration.ofSeconds(2));
		assertThat(jwt(ahead.issue(ANN, Asked.JWT, Wish.NONE)).getIssuedAtAsInstant())
			.isEqualTo("2026-01-01T12:00:03Z");
		assertThat(this.order).containsExactly("waited 100");
	}

	@Test
	void issueWhenAnAblyTokenThenItIsAskedForAfterTheWait() {
		String policy = TestIssuer.ALL_TALK.replace("- name: all", "- name: all\n    format: ably-token");
		issuer("12:00:01").policy(policy).redeem((request) -> {
			this.order.add("redeemed");
			return new AblyToken("a.b", TestIssuer.NOW.plusSeconds(600));
		}).issue(ANN, Asked.ABLY_TOKEN, Wish.NONE);
		assertThat(this.order).containsExactly("waited 100", "redeemed");
	}

	@Test
	void issueWhenAnAblyTokenIsMadeWhileItsClientIsRevokedThenUnavailable() {
		AtomicReference<IssuedBefore> revoked = new AtomicReference<>(
				IssuedBefore.next(TestIssuer.NOW.minusSeconds(9)));
		TestIssuer issuer = new TestIssuer().revocations(() -> {
			IssuedBefore known = revoked.get();
			return (clientId, key) -> known;
		})
			.policy(TestIssuer.ALL_TALK.replace("- name: all", "- name: all\n    format: ably-token"))
			.redeem((request) -> {
				this.order.add("redeemed");
				return new AblyToken("a.b", TestIssuer.NOW.plusSeconds(600));
			});
		assertThat(issuer.issue(ANN, Asked.ABLY_TOKEN, Wish.NONE).token()).isEqualTo("a.b");
		issuer.redeem((request) -> {
			revoked.set(IssuedBefore.next(TestIssuer.NOW));
			return new AblyToken("c.d", TestIssuer.NOW.plusSeconds(600));
		});
		TestRequests.assertRefused(() -> issuer.issue(ANN, Asked.ABLY_TOKEN, Wish.NONE), Reason.UNAVAILABLE,
				"revoked at this moment");
		assertThat(this.order).containsExactly("redeemed");
	}

	/** It is 12:00:00.9 here, and 12:00:01.0 for whoever has revoked. */
	@Test
	void issueWhenTheRevokingClockIsALittleAheadThenWaits() {
		assertThat(jwt(issuer("12:00:02").issue(ANN, Asked.JWT, Wish.NONE)).getIssuedAtAsInstant())
			.isEqualTo("2026-01-01T12:00:02Z");
		assertThat(this.order).containsExactly("waited 1100");
	}

	@Test
	void issueWhenItWouldWaitLongerThanTwoSecondsThenUnavailable() {
		TestRequests.assertRefused(() -> issuer("12:00:03").issue(ANN, Asked.JWT, Wish.NONE), Reason.UNAVAILABLE,
				"clocks");
		assertThat(this.order).isEmpty();
	}

	@Test
	void explainAndCanThenDoNotWait() {
		TokenIssuer issuer = issuer("12:00:01").build();
		assertThat(issuer.explain(ANN, Asked.JWT, Wish.NONE, TestIssuer.REQUEST).toString()).contains("jwt");
		assertThat(this.order).isEmpty();
	}

	@Test
	void issueThenAsksByClientIdAndRevocationKeyWhatWasKnownBeforeThePolicyWasRead() {
		RecentRevocations asking = () -> {
			this.order.add("known");
			return (clientId, key) -> {
				this.order.add(clientId + " " + key);
				return null;
			};
		};
		String policy = TestIssuer.ALL_TALK + "    revocation-key: team-red\n";
		new TestIssuer().revocations(asking).issue(ANN, Asked.JWT, Wish.NONE);
		new TestIssuer().revocations(asking).policy(policy).issue(ANN, Asked.JWT, Wish.NONE);
		assertThat(this.order).containsExactly("known", "ann null", "known", "ann team-red");
	}

	@Test
	void issueWhenSixtyFourWaitThenTheNextIsRefusedAtOnce() throws Exception {
		CountDownLatch waiting = new CountDownLatch(IssueTimes.MOST_WAITING);
		CountDownLatch second = new CountDownLatch(1);
		TokenIssuer issuer = issuer("12:00:01").pause((wait) -> {
			waiting.countDown();
			second.await();
		}).build();
		ExecutorService clients = Executors.newFixedThreadPool(IssueTimes.MOST_WAITING);
		try {
			List<Future<IssuedToken>> issued = new ArrayList<>();
			for (int i = 0; i < IssueTimes.MOST_WAITING; i++) {
				issued.add(clients.submit(() -> issuer.issue(ANN, Asked.JWT, Wish.NONE, TestIssuer.REQUEST)));
			}
			waiting.await();
			TestRequests.assertRefused(() -> issuer.issue(ANN, Asked.JWT, Wish.NONE, TestIssuer.REQUEST),
					Reason.UNAVAILABLE, "Too many wait");
			second.countDown();
			for (Future<IssuedToken> each : issued) {
				assertThat(each.get().token()).isNotEmpty();
			}
		}
		finally {
			clients.shutdownNow();
		}
	}

}
