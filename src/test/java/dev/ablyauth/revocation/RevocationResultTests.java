package dev.ablyauth.revocation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.ClockOffset;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import dev.ablyauth.ably.TargetSpecifier;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.rest.TestRevokers;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a revocation by what Ably says.
 */
class RevocationResultTests {

	private final ShiftedClock clock = new ShiftedClock();

	private final AblyTime time = new AblyTime(this.clock, ClockOffset.NONE);

	@TempDir
	private Path folder;

	private TestOutbox outbox(List<TokenKey> keys) {
		return new TestOutbox(TestStore.settings("jdbc:sqlite:" + this.folder.resolve("list.db")), this.time, keys)
			.read();
	}

	@Test
	void sendWhenSomeTargetsFailThenOnlyThoseAreSentAgainAndWhatIsFinalIsNot() {
		Map<String, RevocationFailure> failures = new LinkedHashMap<>(
				Map.of("ann", RevocationFailure.UNAVAILABLE, "bob", RevocationFailure.WRONG_KEY));
		List<List<TargetSpecifier>> calls = new ArrayList<>();
		try (TestOutbox outbox = outbox(OutboxTests.keys(revoker((revocation) -> {
			calls.add(revocation.targets());
			Map<TargetSpecifier, TargetResult> results = new LinkedHashMap<>();
			revocation.targets().forEach((target) -> {
				RevocationFailure failure = failures.get(target.value());
				results.put(target, (failure != null) ? new TargetResult.Failed(failure, 50000)
						: new TargetResult.Revoked(this.time.now()));
			});
			failures.remove("ann");
			return new RevocationResult(results);
		})))) {
			RevocationState written = outbox.revoke("ann", "bob", "eve");
			this.clock.pass(Duration.ofSeconds(1));
			outbox.send();
			this.clock.pass(Duration.ofSeconds(2));
			outbox.send();
			this.clock.pass(Duration.ofMinutes(3));
			outbox.send();
			RevocationState state = outbox.revocations.find(written.id()).orElseThrow();
			assertThat(calls).hasSize(2);
			assertThat(calls.get(1)).containsExactly(TargetSpecifier.parse("clientId:ann"));
			assertThat(state.targets()).extracting(TargetState::progress)
				.satisfiesExactly((ann) -> assertThat(ann).isInstanceOf(Progress.Revoked.class),
						(bob) -> assertThat(((Progress.NotRevoked) bob).reason())
							.isEqualTo(RevocationFailure.WRONG_KEY),
						(eve) -> assertThat(eve).isInstanceOf(Progress.Revoked.class));
			assertThat(state.members().toString()).contains("state=not-revoked", "reason=wrong-key", "code=50000");
		}
	}

	/** Ably's clock is behind, and this server does not know it. */
	@Test
	void sendWhenTheSecondIsStillInAblysFutureThenSentAgainUntilItIsNot() {
		ShiftedClock behind = new ShiftedClock();
		behind.pass(Duration.ofSeconds(-20));
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable().on(behind));
				TestRevokers revokers = new TestRevokers(ably.port());
				TestOutbox outbox = outbox(OutboxTests.keys(revokers.of(TestKeys.KEY)))) {
			RevocationState state = outbox.revoke("ann");
			this.clock.pass(Duration.ofSeconds(1));
			outbox.send();
			assertThat(outbox.now(state).progress()).isInstanceOfSatisfying(Progress.OnItsWay.class,
					(way) -> assertThat(way.lastFailure()).isEqualTo(RevocationFailure.INVALID));
			this.clock.pass(Duration.ofSeconds(30));
			behind.pass(Duration.ofSeconds(30));
			outbox.send();
			assertThat(outbox.now(state).progress()).isInstanceOf(Progress.Revoked.class);
		}
	}

	@Test
	void sendWhenAblyHasNoRevocableTokensThenSaysUntilWhenTheyLiveAndNothingIsRepeated() {
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}");
				TestRevokers revokers = new TestRevokers(ably.port());
				TestOutbox outbox = outbox(OutboxTests.keys(revokers.of(TestKeys.KEY)))) {
			RevocationState state = outbox.deny("ann");
			this.clock.pass(Duration.ofSeconds(1));
			outbox.send();
			this.clock.pass(LateTokens.after(Duration.ofSeconds(60)).plusSeconds(5));
			outbox.send();
			outbox.send();
			assertThat(outbox.now(state).progress()).isInstanceOfSatisfying(Progress.NotRevoked.class, (not) -> {
				assertThat(not.reason()).isEqualTo(RevocationFailure.NOT_REVOCABLE);
				assertThat(not.code()).isEqualTo(40163);
			});
			assertThat(outbox.now(state).repeat()).isEqualTo(new Progress.CalledOff());
			assertThat(ably.refused()).hasSize(1);
		}
	}

	@Test
	void sendWhenThereAreTwoKeysThenWithBoth() {
		KeyName old = new KeyName(TestKeys.KEY_NAME.replaceAll("\\..*", ".other"));
		List<KeyName> used = new ArrayList<>();
		TokenRevoker one = revoker((revocation) -> done(used, new KeyName(TestKeys.KEY_NAME), revocation));
		TokenRevoker two = revoker((revocation) -> done(used, old, revocation));
		try (TestOutbox outbox = outbox(
				List.of(OutboxTests.keys(one).get(0), new TokenKey(old, Duration.ofHours(1), two)))) {
			RevocationState state = outbox.revoke("ann");
			this.clock.pass(Duration.ofSeconds(1));
			outbox.send();
			assertThat(used).containsExactlyInAnyOrder(new KeyName(TestKeys.KEY_NAME), old);
			assertThat(outbox.revocations.find(state.id()).orElseThrow().isOnItsWay()).isFalse();
		}
	}

	private RevocationResult done(List<KeyName> used, KeyName key, Revocation revocation) {
		used.add(key);
		Map<TargetSpecifier, TargetResult> results = new LinkedHashMap<>();
		revocation.targets().forEach((target) -> results.put(target, new TargetResult.Revoked(this.time.now())));
		return new RevocationResult(results);
	}

	@Test
	void roundWhenTheStoreFailsThenOneLineAndLaterAllIsSent() {
		List<KeyName> used = new ArrayList<>();
		try (TestOutbox outbox = outbox(
				OutboxTests.keys(revoker((revocation) -> done(used, new KeyName(TestKeys.KEY_NAME), revocation))));
				LogLines log = new LogLines(RevocationWorker.class)) {
			RevocationState state = outbox.revoke("ann");
			this.clock.pass(Duration.ofSeconds(1));
			outbox.read();
			outbox.store.jdbc().sql("alter table ably_auth_revocation_target rename to away").update();
			outbox.worker.round();
			outbox.worker.round();
			assertThat(log.of(Level.ERROR)).singleElement()
				.asString()
				.contains("ably-auth.deny-list.url", "no such table");
			outbox.store.jdbc().sql("alter table away rename to ably_auth_revocation_target").update();
			outbox.worker.round();
			assertThat(log.of(Level.INFO)).containsExactly("Revocations can be sent again");
			assertThat(outbox.now(state).progress()).isInstanceOf(Progress.Revoked.class);
		}
	}

	/** The call was made, and what came of it could not be written down. */
	@Test
	void sendWhenTheResultCannotBeWrittenThenSentAgainWhenTheClaimIsOver() {
		List<KeyName> used = new ArrayList<>();
		List<Runnable> during = new ArrayList<>();
		try (TestOutbox outbox = outbox(OutboxTests.keys(revoker((revocation) -> {
			during.forEach(Runnable::run);
			return done(used, new KeyName(TestKeys.KEY_NAME), revocation);
		})))) {
			during
				.add(() -> outbox.store.jdbc().sql("alter table ably_auth_revocation_target rename to away").update());
			RevocationState state = outbox.revoke("ann");
			this.clock.pass(Duration.ofSeconds(1));
			outbox.send();
			during.clear();
			outbox.store.jdbc().sql("alter table away rename to ably_auth_revocation_target").update();
			outbox.send();
			assertThat(used).hasSize(1);
			this.clock.pass(OutboxClaims.LEASE);
			outbox.send();
			assertThat(used).hasSize(2);
			assertThat(outbox.now(state).progress()).isInstanceOf(Progress.Revoked.class);
		}
	}

	@ParameterizedTest
	@CsvSource({ "1,1", "2,2", "3,4", "6,32", "7,60", "100,60" })
	void pauseThenTwiceAsLongUpToAMinute(int tries, long seconds) {
		assertThat(OutboxResults.pause(tries)).isEqualTo(Duration.ofSeconds(seconds));
	}

	private static TokenRevoker revoker(Function<Revocation, RevocationResult> ably) {
		return new TokenRevoker() {
			@Override
			public KeyName key() {
				return new KeyName(TestKeys.KEY_NAME);
			}

			@Override
			public RevocationResult revoke(Revocation revocation) {
				return ably.apply(revocation);
			}
		};
	}

}
