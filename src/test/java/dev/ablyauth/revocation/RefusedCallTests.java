package dev.ablyauth.revocation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.ablyauth.ably.ClockOffset;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetResult;
import dev.ablyauth.ably.TargetSpecifier;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.rest.TestRevokers;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.RevokeCall;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of all targets of a call when Ably refuses the call.
 */
class RefusedCallTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final ClockOffset MEASURED = new ClockOffset() {
		@Override
		public Duration ahead() {
			return Duration.ZERO;
		}

		@Override
		public boolean isKnown() {
			return true;
		}
	};

	private final ShiftedClock clock = new ShiftedClock();

	private final List<Integer> calls = new ArrayList<>();

	@TempDir
	private Path folder;

	private TestOutbox outbox(ClockOffset offset, TokenRevoker revoker) {
		return new TestOutbox(TestStore.settings("jdbc:sqlite:" + this.folder.resolve("list.db")),
				new AblyTime(this.clock, offset), OutboxTests.keys(revoker))
			.read();
	}

	/** Ably that refuses each call with a certain target in it. */
	private TokenRevoker ably(RevocationFailure reason, int code) {
		return new TokenRevoker() {
			@Override
			public KeyName key() {
				return new KeyName(TestKeys.KEY_NAME);
			}

			@Override
			public RevocationResult revoke(Revocation revocation) {
				RefusedCallTests.this.calls.add(revocation.targets().size());
				return revocation.targets().contains(TargetSpecifier.parse("clientId:bad"))
						? RevocationResult.failed(revocation, reason, code) : taken(revocation);
			}
		};
	}

	private RevocationResult taken(Revocation revocation) {
		Map<TargetSpecifier, TargetResult> results = new LinkedHashMap<>();
		revocation.targets().forEach((target) -> results.put(target, new TargetResult.Revoked(this.clock.instant())));
		return new RevocationResult(results);
	}

	private static String[] targets(int good) {
		return IntStream.rangeClosed(0, good).mapToObj((i) -> (i == 0) ? "bad" : "c" + i).toArray(String[]::new);
	}

	private static Progress progress(TestOutbox outbox, RevocationState state, int place) {
		return outbox.revocations.find(state.id()).orElseThrow().targets().get(place).progress();
	}

	private void pass(TestOutbox outbox, Duration step, int times) {
		for (int i = 0; i < times; i++) {
			this.clock.pass(step);
			outbox.send();
		}
	}

	@ParameterizedTest
	@CsvSource({ "INVALID, 40003", "UNAVAILABLE, 42200", "UNAVAILABLE, 50000" })
	void sendWhenItMayBeOneTargetThenEachAloneAlsoAfterARestart(RevocationFailure reason, int code) {
		RevocationState state;
		try (TestOutbox outbox = outbox(MEASURED, ably(reason, code))) {
			state = outbox.revoke(targets(99));
			pass(outbox, SECOND, 1);
			assertThat(this.calls).containsExactly(100);
		}
		try (TestOutbox later = outbox(MEASURED, ably(reason, code))) {
			pass(later, SECOND.plusMillis(100), 2);
			assertThat(this.calls.subList(1, this.calls.size())).containsOnly(1);
			RevocationState now = later.revocations.find(state.id()).orElseThrow();
			assertThat(now.targets().subList(1, 100)).extracting(TargetState::progress)
				.allSatisfy((progress) -> assertThat(progress).isInstanceOf(Progress.Revoked.class));
			assertThat(now.targets().get(0).progress()).isInstanceOf(Progress.OnItsWay.class);
			later.revoke("x", "y");
			pass(later, Duration.ofMinutes(1), 3);
			assertThat(this.calls).endsWith(1).contains(2);
			assertThat(progress(later, state, 0)).isInstanceOf(
					(reason == RevocationFailure.INVALID) ? Progress.NotRevoked.class : Progress.OnItsWay.class);
		}
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE, 0", "UNAVAILABLE, 50300", "RATE_LIMITED, 42900", "BAD_CREDENTIALS, 40101" })
	void sendWhenItIsNoTargetsFaultThenAllTogetherAgain(RevocationFailure reason, int code) {
		try (TestOutbox outbox = outbox(MEASURED, ably(reason, code))) {
			outbox.revoke(targets(99));
			pass(outbox, Duration.ofSeconds(3), 2);
			assertThat(this.calls).containsExactly(100, 100);
		}
	}

	@Test
	void sendWhenAblyTookAnotherWithTheSameTimeThenTheTargetIsAtFault() {
		TokenRevoker some = new TokenRevoker() {
			@Override
			public KeyName key() {
				return new KeyName(TestKeys.KEY_NAME);
			}

			@Override
			public RevocationResult revoke(Revocation revocation) {
				Map<TargetSpecifier, TargetResult> results = new LinkedHashMap<>(taken(revocation).targets());
				results.replace(TargetSpecifier.parse("clientId:bad"),
						new TargetResult.Failed(RevocationFailure.INVALID, 40000));
				return new RevocationResult(results);
			}
		};
		try (TestOutbox outbox = outbox(ClockOffset.NONE, some)) {
			RevocationState state = outbox.revoke(targets(1));
			pass(outbox, SECOND, 1);
			assertThat(progress(outbox, state, 0)).isInstanceOf(Progress.NotRevoked.class);
			assertThat(progress(outbox, state, 1)).isInstanceOf(Progress.Revoked.class);
		}
	}

	@Test
	void sendWhenTheClockWasNotComparedThenATargetIsTriedUntilItIsGivenUp() {
		try (TestOutbox outbox = outbox(ClockOffset.NONE, ably(RevocationFailure.INVALID, 40003))) {
			RevocationState state = outbox.revoke("bad");
			pass(outbox, Duration.ofMinutes(1), 54);
			assertThat(progress(outbox, state, 0)).isInstanceOf(Progress.OnItsWay.class);
			pass(outbox, Duration.ofMinutes(1), 2);
			assertThat(progress(outbox, state, 0)).isInstanceOf(Progress.GivenUp.class);
		}
	}

	/** It may have been the time, and the repeat has another. */
	@Test
	void sendWhenTheFirstWasInvalidThenItIsRepeatedAllTheSame() {
		try (TestOutbox outbox = outbox(MEASURED, ably(RevocationFailure.INVALID, 40003))) {
			RevocationState state = outbox.deny("bad");
			pass(outbox, Duration.ofMinutes(1), 3);
			assertThat(outbox.now(state).progress()).isInstanceOf(Progress.NotRevoked.class);
			int before = this.calls.size();
			pass(outbox, Duration.ofMinutes(1), 2);
			pass(outbox, SECOND, 2);
			assertThat(this.calls.size()).isGreaterThan(before);
			assertThat(outbox.now(state).repeat()).isInstanceOfSatisfying(Progress.OnItsWay.class,
					(way) -> assertThat(way.lastFailure()).isEqualTo(RevocationFailure.INVALID));
		}
	}

	/** More than a minute, so that the difference is not used. */
	@Test
	void sendWhenTheClockIsMinutesAheadOfAblysThenNothingIsLost() {
		ShiftedClock behind = new ShiftedClock();
		behind.pass(Duration.ofMinutes(-10));
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable().on(behind));
				TestRevokers revokers = new TestRevokers(ably.port());
				TestOutbox outbox = outbox(ClockOffset.NONE, revokers.of(TestKeys.KEY))) {
			RevocationState state = outbox.revoke(targets(3));
			for (int i = 0; i < 9; i++) {
				behind.pass(Duration.ofMinutes(1));
				pass(outbox, Duration.ofMinutes(1), 1);
			}
			assertThat(ably.revocations()).isEmpty();
			behind.pass(Duration.ofMinutes(2));
			pass(outbox, Duration.ofMinutes(2), 1);
			assertThat(ably.revocations()).flatExtracting(RevokeCall::targets).hasSize(4);
			assertThat(outbox.revocations.find(state.id()).orElseThrow().isOnItsWay()).isFalse();
		}
	}

}
