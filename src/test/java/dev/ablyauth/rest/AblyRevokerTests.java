package dev.ablyauth.rest;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.issuing.TestRequests;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.RevokeCall;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.ablyauth.rest.TestRevocations.assertFailed;
import static dev.ablyauth.rest.TestRevocations.assertRevoked;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Revocations at the stand-in, which verifies all of them.
 */
class AblyRevokerTests {

	private final AblyStandIn ably = standIn(StandInSettings.revocable());

	private final AblyRestApi api = api("127.0.0.1");

	private final TokenRevoker revoker = this.api.revoker(TestKeys.KEY);

	private final LogLines log = new LogLines(AblyRevoker.class);

	private static AblyStandIn standIn(StandInSettings settings) {
		return AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}", settings);
	}

	private AblyRestApi api(String host, String... fallbackHosts) {
		URI uri = URI.create("http://" + host + ":" + this.ably.port());
		return new AblyRestApi(new AblyClients(uri, List.of(fallbackHosts)), TestRequests.CAPABILITIES,
				Clock.systemUTC());
	}

	@AfterEach
	void close() {
		this.log.close();
		this.api.close();
		this.ably.close();
	}

	@Test
	void revokeThenAblyHasTakenTargetsAndTimeInTheVersionWithOneObject() {
		IssuedBefore second = TestRevocations.running();
		String[] targets = { "clientId:ann", "revocationKey:team:red", "clientId:\u00e4\ud83d\ude00 \"\\<&'" };
		RevocationResult result = this.revoker.revoke(new Revocation(TestRevocations.targets(targets), second, false));
		assertRevoked(result, targets);
		assertThat(this.ably.revocations())
			.containsExactly(new RevokeCall(List.of(targets), second.millis(), false, 3));
		assertThat(this.log.of(Level.ERROR)).isEmpty();
		assertThat(this.revoker.key()).isEqualTo(new KeyName(TestKeys.KEY_NAME));
	}

	@Test
	void revokeThenSaysFromWhenOn() {
		Instant before = Instant.now().minusMillis(1);
		assertThat(this.revoker.revoke(TestRevocations.of("clientId:ann")).targets().values())
			.satisfiesExactly((at) -> assertThat(((TargetResult.Revoked) at).appliesAt()).isAfter(before));
		Revocation withMargin = new Revocation(TestRevocations.targets("clientId:ann"), TestRevocations.running(),
				true);
		assertThat(this.revoker.revoke(withMargin).targets().values()).satisfiesExactly(
				(at) -> assertThat(((TargetResult.Revoked) at).appliesAt()).isAfter(before.plusSeconds(30)));
		assertThat(this.ably.revocations().get(1).allowReauthMargin()).isTrue();
	}

	@Test
	void revokeWhenAHundredOfTheLongestTargetsThenAllAreRevoked() {
		String[] targets = IntStream.range(0, 100)
			.mapToObj((i) -> "clientId:" + "\ud83d\ude00".repeat(253) + (100 + i))
			.toArray(String[]::new);
		assertRevoked(this.revoker.revoke(TestRevocations.of(targets)), targets);
	}

	@Test
	void revokeTwiceThenRevokedTwice() {
		Revocation revocation = TestRevocations.of("clientId:ann");
		assertRevoked(this.revoker.revoke(revocation), "clientId:ann");
		assertRevoked(this.revoker.revoke(revocation), "clientId:ann");
		assertThat(this.ably.revocations()).hasSize(2);
	}

	@Test
	void revokeWhenTheKeyHasNoRevocableTokensThenNotRevocableAndOneLine() {
		try (AblyStandIn other = standIn(StandInSettings.notRevocable());
				AblyRestApi there = new AblyRestApi(URI.create("http://localhost:" + other.port()),
						TestRequests.CAPABILITIES, Clock.systemUTC())) {
			TokenRevoker refused = there.revoker(TestKeys.KEY);
			for (int tries = 0; tries < 3; tries++) {
				assertFailed(refused.revoke(TestRevocations.of("clientId:ann", "clientId:bob")),
						RevocationFailure.NOT_REVOCABLE, 40163);
			}
		}
		assertThat(this.log.of(Level.ERROR)).containsExactly(
				"Ably refuses to revoke tokens of the key " + TestKeys.KEY_NAME + " with status 401 and code 40163");
	}

	@Test
	void revokeWhenTheSecretIsWrongThenBadCredentials() {
		String wrong = TestKeys.KEY_NAME + ":wrong-secret-0123456789";
		assertFailed(this.api.revoker(wrong).revoke(TestRevocations.of("clientId:ann")),
				RevocationFailure.BAD_CREDENTIALS, 40101);
	}

	@Test
	void revokeWhenTheKeyIsUnknownThenBadCredentials() {
		assertFailed(this.api.revoker(TestKeys.OLD_KEY).revoke(TestRevocations.of("clientId:ann")),
				RevocationFailure.BAD_CREDENTIALS, 40400);
	}

	@Test
	void revokeWhenTheTimeIsInTheFutureOrTooLongAgoThenInvalid() {
		for (int seconds : new int[] { 30, -3700 }) {
			IssuedBefore time = new IssuedBefore(TestRevocations.running().second().plusSeconds(seconds));
			assertFailed(this.revoker.revoke(new Revocation(TestRevocations.targets("clientId:ann"), time, false)),
					RevocationFailure.INVALID, 40003);
		}
	}

	@Test
	void revokeWhenTheLimitOfTheAppIsReachedThenRateLimitedAndQuiet() {
		this.ably.revocationFaults().limit(0);
		assertFailed(this.revoker.revoke(TestRevocations.of("clientId:ann")), RevocationFailure.RATE_LIMITED, 42910);
		assertThat(this.log.of(Level.ERROR)).isEmpty();
	}

	@Test
	void revokeWhenAblyFailsOnceThenTheNextHostIsAsked() {
		this.ably.revocationFaults().answer(500);
		try (AblyRestApi two = api("localhost", "127.0.0.1")) {
			assertRevoked(two.revoker(TestKeys.KEY).revoke(TestRevocations.of("clientId:ann")), "clientId:ann");
		}
	}

	@Test
	void revokeWhenTheAnswerIsLostThenTheNextHostIsAskedTheSame() {
		this.ably.revocationFaults().loseAnswer();
		try (AblyRestApi two = api("localhost", "127.0.0.1")) {
			assertRevoked(two.revoker(TestKeys.KEY).revoke(TestRevocations.of("clientId:ann")), "clientId:ann");
		}
		assertThat(this.ably.revocations()).hasSize(2);
		assertThat(this.ably.revocations().get(1)).isEqualTo(this.ably.revocations().get(0));
	}

	@Test
	void revokeWhenAHostIsSlowThenTheNextIsAskedAfterTwoSeconds() {
		this.ably.revocationFaults().slow(Duration.ofSeconds(6));
		long start = System.nanoTime();
		try (AblyRestApi two = api("localhost", "127.0.0.1")) {
			assertRevoked(two.revoker(TestKeys.KEY).revoke(TestRevocations.of("clientId:ann")), "clientId:ann");
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1900),
				Duration.ofSeconds(5));
	}

}
