package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.ClockOffset;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.ably.TokenRevoker;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.rest.TestRevokers;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.RevokeCall;
import dev.ablyauth.standin.StandInSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Revocations on their way from every kind of store to the stand-in for Ably.
 */
abstract class OutboxTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration LATE = LateTokens.after(Duration.ofSeconds(60));

	private final ShiftedClock clock = new ShiftedClock();

	private final AblyTime time = new AblyTime(this.clock, ClockOffset.NONE);

	private final AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
			StandInSettings.revocable().on(this.clock));

	private final TestRevokers revokers = new TestRevokers(this.ably.port());

	/** Two instances at one store. */
	private TestOutbox here;

	private TestOutbox there;

	/** A database with no tables. */
	abstract DenyListProperties settings();

	/** The same database as {@link #settings()} gave last. */
	abstract DenyListProperties settingsAgain();

	@BeforeEach
	void open() {
		this.here = new TestOutbox(settings(), this.time, keys(this.revokers.of(TestKeys.KEY))).read();
		this.there = another();
	}

	private TestOutbox another() {
		return new TestOutbox(settingsAgain(), this.time, keys(this.revokers.of(TestKeys.KEY))).read();
	}

	static List<TokenKey> keys(@Nullable TokenRevoker revoker) {
		return List.of(new TokenKey(new KeyName(TestKeys.KEY_NAME),
				(revoker != null) ? Duration.ofHours(1) : Duration.ofHours(24), revoker));
	}

	@AfterEach
	void close() {
		this.here.close();
		this.there.close();
		this.revokers.close();
		this.ably.close();
	}

	/** Both instances know what is written, and the first one sends it. */
	private void send() {
		this.there.read();
		this.here.send();
	}

	private void pass(Duration duration) {
		this.clock.pass(duration);
	}

	@Test
	void revokeThenWaitsForTheNextSecondOfAblyAndIsTaken() {
		Instant before = this.here.ablyNow();
		RevocationState written = this.here.revoke("ann");
		send();
		List<RevokeCall> early = this.ably.revocations();
		assertThat(early)
			.isEqualTo((this.here.ablyNow().getEpochSecond() > before.getEpochSecond()) ? early : List.of());
		pass(SECOND);
		send();
		assertThat(this.ably.revocations()).singleElement().satisfies((call) -> {
			assertThat(call.targets()).containsExactly("clientId:ann");
			assertThat(Instant.ofEpochMilli(call.issuedBefore())).isBetween(before,
					before.plusSeconds(1).plusMillis(500));
			assertThat(call.issuedBefore() % 1000).isZero();
		});
		assertThat(written.isOnItsWay()).isTrue();
		assertThat(this.here.now(written).progress()).isInstanceOf(Progress.Revoked.class);
		assertThat(this.there.now(written)).isEqualTo(this.here.now(written));
		pass(Duration.ofMinutes(10));
		send();
		assertThat(this.ably.revocations()).hasSize(1);
	}

	@Test
	void revokeThenForEachTargetWhatItIsToAbly() {
		List<Target> targets = List.of(new Target(Target.Kind.USER_ID, "ann"),
				new Target(Target.Kind.GUEST_ID, "guest-1"), new Target(Target.Kind.REVOCATION_KEY, "team:red"),
				new Target(Target.Kind.CLIENT_ID, "ann"), new Target(Target.Kind.USER_ID, "x1"),
				new Target(Target.Kind.SESSION_ID, "s"), new Target(Target.Kind.ADDRESS, "192.0.2.7"));
		RevocationState written = this.here.revocations.revoke(new RevocationWish(targets, true, "olga"), null);
		pass(SECOND);
		send();
		send();
		assertThat(this.ably.revocations()).allSatisfy((call) -> assertThat(call.allowReauthMargin()).isTrue())
			.flatExtracting(RevokeCall::targets)
			.containsExactly("clientId:ann", "clientId:guest-1", "revocationKey:team:red", "clientId:ann");
		RevocationState state = this.here.revocations.find(written.id()).orElseThrow();
		assertThat(state.isOnItsWay()).isFalse();
		assertThat(state.targets()).extracting(TargetState::target).containsExactlyElementsOf(targets);
		assertThat(state.targets().subList(4, 7))
			.allSatisfy((target) -> assertThat(((Progress.NothingToRevoke) target.progress()).livesUntil()).isBetween(
					state.created().plus(Duration.ofHours(1)),
					state.created().plus(LATE).plus(Duration.ofMinutes(61))));
		assertThat(state.members().toString()).contains("state=revoked", "state=nothing-to-revoke",
				"allowReauthMargin=true");
	}

	@Test
	void sendWhenAblyIsAwayThenAllArriveLaterInOrderForEachTarget() {
		for (int i = 0; i < 5; i++) {
			this.ably.revocationFaults().answer(503);
		}
		RevocationState first = this.here.revoke("ann");
		pass(SECOND);
		send();
		assertThat(this.here.now(first).progress()).isInstanceOfSatisfying(Progress.OnItsWay.class, (way) -> {
			assertThat(way.tries()).isEqualTo(1);
			assertThat(way.lastFailure()).isEqualTo(RevocationFailure.UNAVAILABLE);
		});
		pass(SECOND);
		this.there.revoke("ann", "bob");
		pass(SECOND);
		this.here.revoke("bob", "ann");
		for (int i = 0; i < 12; i++) {
			pass(Duration.ofMinutes(1));
			send();
		}
		for (String target : List.of("clientId:ann", "clientId:bob")) {
			List<Long> seconds = this.ably.revocations()
				.stream()
				.filter((call) -> call.targets().contains(target))
				.map(RevokeCall::issuedBefore)
				.toList();
			assertThat(seconds).hasSize(target.endsWith("ann") ? 3 : 2).isSorted().doesNotHaveDuplicates();
		}
	}

	@Test
	void sendWhenRateLimitedThenAgainLaterAndNotAHundredTimes() {
		this.ably.revocationFaults().limit(0);
		assertThat(this.here.worker.backlog().waiting()).isNaN();
		RevocationState state = this.here.revoke(clients(300));
		pass(SECOND);
		send();
		assertThat(this.ably.refused()).hasSize(1);
		assertThat(this.here.worker.backlog().waiting()).isEqualTo(300);
		assertThat(((Progress.OnItsWay) this.here.now(state).progress()).lastFailure())
			.isEqualTo(RevocationFailure.RATE_LIMITED);
		this.ably.revocationFaults().limit(3);
		pass(SECOND.plusMillis(100));
		send();
		assertThat(this.here.revocations.find(state.id()).orElseThrow().isOnItsWay()).isFalse();
		assertThat(this.here.worker.backlog().waiting()).isZero();
	}

	/** One that was deleted at Ably, and is still in the settings. */
	@Test
	void sendWhenAblyDoesNotKnowOneKeyThenTheOtherDoesNotWait() {
		TokenRevoker gone = this.revokers.of("appid1.gone01:a-secret-that-ably-has-forgotten");
		List<TokenKey> both = List.of(keys(this.revokers.of(TestKeys.KEY)).get(0),
				new TokenKey(gone.key(), Duration.ofHours(1), gone));
		try (TestOutbox two = new TestOutbox(settingsAgain(), this.time, both).read()) {
			for (int i = 0; i < 20; i++) {
				two.revoke("user" + i);
				pass(SECOND);
			}
			pass(Duration.ofSeconds(6));
			two.send();
			pass(Duration.ofMinutes(2));
			two.revoke("ann");
			pass(Duration.ofSeconds(6));
			two.send();
			assertThat(this.ably.revocations()).flatExtracting(RevokeCall::targets)
				.hasSize(21)
				.contains("clientId:ann");
		}
	}

	/** It has not read its files again, and another one issues tokens with a new key. */
	@Test
	void sendWhenTheWriterDidNotKnowAKeyThenWhoKnowsItSendsItThereToo() {
		try (SecondKey second = new SecondKey(); TestOutbox both = second.outbox().read()) {
			RevocationState denied = this.here.deny("ann");
			this.here.revoke("bob", "carl", "carl");
			pass(Duration.ofSeconds(6));
			both.send();
			both.send();
			assertThat(second.ably.revocations()).flatExtracting(RevokeCall::targets)
				.containsExactlyInAnyOrder("clientId:ann", "clientId:bob", "clientId:carl");
			assertThat(second.seconds()).isEqualTo(seconds(this.ably));
			assertThat(this.here.revocations.find(denied.id()).orElseThrow().targets()).hasSize(2)
				.allMatch((target) -> target.progress() instanceof Progress.Revoked);
			pass(LATE.plusSeconds(1));
			both.send();
			// The other one does not read any more.
			pass(OutboxClaims.PATIENCE.plus(SECOND));
			both.send();
			assertThat(second.ably.revocations()).flatExtracting(RevokeCall::targets)
				.filteredOn("clientId:ann"::equals)
				.hasSize(2);
			assertThat(second.seconds()).isEqualTo(seconds(this.ably));
		}
	}

	/** Whoever is restarted has forgotten a former key, and whoever is not has it. */
	@Test
	void sendWhenAKeyIsNewHereThenAllThatAblyStillTakesGoesToIt() {
		this.here.revoke("long-ago");
		pass(SECOND);
		send();
		pass(OutboxEnds.GIVEN_UP_AFTER);
		this.here.revoke("ann");
		pass(SECOND);
		send();
		try (SecondKey second = new SecondKey(); TestOutbox both = second.outbox().read()) {
			both.send();
			assertThat(second.ably.revocations()).flatExtracting(RevokeCall::targets).containsExactly("clientId:ann");
			assertThat(this.ably.revocations()).hasSize(2);
		}
	}

	@Test
	void sendWhenTwoInstancesKnowTheKeyThenAddedOnceAndManyInTime() throws Exception {
		for (int i = 0; i < 10; i++) {
			String group = "g" + i + "-";
			this.here.revoke(IntStream.range(0, 1000).mapToObj((j) -> group + j).toArray(String[]::new));
		}
		try (SecondKey second = new SecondKey();
				TestOutbox one = second.outbox().read();
				TestOutbox other = second.outbox().read()) {
			ExecutorService both = Executors.newFixedThreadPool(2);
			List<Future<Duration>> rounds = List.of(both.submit(one.worker::round), both.submit(other.worker::round));
			for (Future<Duration> round : rounds) {
				round.get();
			}
			both.shutdown();
			assertThat(one.store.jdbc()
				.sql("select count(*) from ably_auth_revocation_target where key_name = ?")
				.param(SecondKey.NAME)
				.query(Long.class)
				.single()).isEqualTo(10_000);
		}
	}

	private static Set<Long> seconds(AblyStandIn ably) {
		return ably.revocations().stream().map(RevokeCall::issuedBefore).collect(Collectors.toSet());
	}

	/** Another key of the app, and what Ably is told by it. */
	private final class SecondKey implements AutoCloseable {

		private static final String NAME = "appid2.second";

		private static final String SECRET = "another-secret-that-was-made-up";

		private final AblyStandIn ably = AblyStandIn.start(NAME, SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.revocable().on(OutboxTests.this.clock));

		private final TestRevokers revokers = new TestRevokers(this.ably.port());

		/** An instance that has both keys. */
		TestOutbox outbox() {
			return new TestOutbox(settingsAgain(), OutboxTests.this.time, List.of(
					keys(OutboxTests.this.revokers.of(TestKeys.KEY)).get(0),
					new TokenKey(new KeyName(NAME), Duration.ofHours(1), this.revokers.of(NAME + ":" + SECRET))));
		}

		Set<Long> seconds() {
			return OutboxTests.seconds(this.ably);
		}

		@Override
		public void close() {
			this.revokers.close();
			this.ably.close();
		}

	}

	/** Whatever a round throws, the next one comes. */
	@Test
	void sendWhenItFailsInAnyWayThenTriedAgain() {
		TokenRevoker real = this.revokers.of(TestKeys.KEY);
		List<Error> errors = new ArrayList<>(List.of(new StackOverflowError("on purpose")));
		TokenRevoker failing = new TokenRevoker() {

			@Override
			public KeyName key() {
				return real.key();
			}

			@Override
			public RevocationResult revoke(Revocation revocation) {
				if (!errors.isEmpty()) {
					throw errors.remove(0);
				}
				return real.revoke(revocation);
			}

		};
		try (TestOutbox other = new TestOutbox(settingsAgain(), this.time, keys(failing)).read()) {
			other.revoke("ann");
			pass(Duration.ofSeconds(6));
			other.send();
			assertThat(errors).isEmpty();
			assertThat(this.ably.revocations()).isEmpty();
			pass(Duration.ofMinutes(2));
			other.send();
			assertThat(this.ably.revocations()).flatExtracting(RevokeCall::targets).containsExactly("clientId:ann");
		}
	}

	@Test
	void sendWhenAClockWasFarAheadThenCorrectedByOneThatIsRight() {
		try (TestOutbox wrong = wrong(keys(this.revokers.of(TestKeys.KEY))); TestOutbox right = right()) {
			RevocationState state = wrong.revoke("ann");
			assertThat(isKnown(right.read(), "ann")).isFalse();
			right.revoke("ann");
			for (int i = 0; i < 4; i++) {
				pass(Duration.ofSeconds(6));
				right.send();
			}
			assertThat(this.ably.revocations()).filteredOn((call) -> call.targets().contains("clientId:ann"))
				.hasSize(2);
			assertThat(right.claims.backlog(this.time.now()).waiting()).isZero();
			assertThat(right.now(state).progress()).isInstanceOf(Progress.Revoked.class);
		}
	}

	/**
	 * Also where the writer knew a key that cannot revoke, which was never to be sent.
	 */
	@Test
	void sendWhenAKeyIsNewAndTheSecondWasCorrectedThenThatSecondGoesToItOnce() {
		List<TokenKey> keys = new ArrayList<>(keys(this.revokers.of(TestKeys.KEY)));
		keys.add(new TokenKey(new KeyName("appid2.third"), Duration.ofHours(24), null));
		try (TestOutbox wrong = wrong(keys); TestOutbox right = right()) {
			wrong.revoke("ann");
			wrong.deny("bob");
			for (int i = 0; i < 3; i++) {
				pass(Duration.ofSeconds(6));
				right.send();
			}
			assertThat(this.ably.revocations()).flatExtracting(RevokeCall::targets)
				.containsExactlyInAnyOrder("clientId:ann", "clientId:bob");
			try (SecondKey second = new SecondKey(); TestOutbox both = second.outbox().read()) {
				both.send();
				assertThat(second.ably.revocations()).flatExtracting(RevokeCall::targets)
					.containsExactlyInAnyOrder("clientId:ann", "clientId:bob");
				assertThat(second.seconds()).isEqualTo(seconds(this.ably));
			}
		}
	}

	/** As if the clock had been right: what was issued before is revoked all the same. */
	@Test
	void allowWhenTheSecondWasCorrectedThenTheFirstOneIsNotCalledOff() {
		try (TestOutbox wrong = wrong(keys(this.revokers.of(TestKeys.KEY))); TestOutbox right = right()) {
			RevocationState state = wrong.deny("ann");
			right.send();
			right.store.denials.allow(Objects.requireNonNull(state.denial()), "olga");
			pass(Duration.ofSeconds(6));
			right.send();
			assertThat(right.now(state).progress()).isInstanceOf(Progress.Revoked.class);
			assertThat(this.ably.revocations()).flatExtracting(RevokeCall::targets).containsExactly("clientId:ann");
		}
	}

	/** One whose clock is a day ahead. */
	private TestOutbox wrong(List<TokenKey> keys) {
		return new TestOutbox(settingsAgain(), new AblyTime(this.clock, () -> Duration.ofDays(1)), keys).read();
	}

	/** One that was told Ably's time. */
	private TestOutbox right() {
		return new TestOutbox(settingsAgain(), new AblyTime(this.clock, new Measured()),
				keys(this.revokers.of(TestKeys.KEY)))
			.read();
	}

	/** A clock that is Ably's own. */
	private static final class Measured implements ClockOffset {

		@Override
		public Duration ahead() {
			return Duration.ZERO;
		}

		@Override
		public boolean isKnown() {
			return true;
		}

	}

	@Test
	void sendWhenTheAnswerIsLostThenSentAgainAndTaken() {
		this.ably.revocationFaults().loseAnswer();
		RevocationState state = this.here.revoke("ann");
		pass(SECOND);
		send();
		pass(SECOND.plusMillis(100));
		send();
		assertThat(this.ably.revocations()).hasSizeGreaterThan(1);
		assertThat(this.here.now(state).progress()).isInstanceOf(Progress.Revoked.class);
	}

	@Test
	void sendWhenTheWriterIsGoneThenAnotherInstanceSends() {
		this.here.revoke("ann");
		this.here.close();
		pass(Duration.ofSeconds(6));
		try (TestOutbox later = another()) {
			later.send();
			assertThat(this.ably.revocations()).hasSize(1);
		}
	}

	@Test
	void sendWhenOneDiesWithAClaimThenTheOtherSendsAfterAWhile() {
		this.here.revoke("ann");
		pass(Duration.ofSeconds(6));
		assertThat(this.here.claims.claim(this.here.ablyNow(), new Reached(9, 9), Set.of())).isPresent();
		this.there.send();
		assertThat(this.ably.revocations()).isEmpty();
		pass(OutboxClaims.LEASE);
		this.there.send();
		assertThat(this.ably.revocations()).hasSize(1);
	}

	@Test
	void sendWhenTwoInstancesSendAtOnceThenEachTargetOnce() throws Exception {
		for (int i = 0; i < 40; i++) {
			((i % 2 == 0) ? this.here : this.there).revoke("a" + i, "b" + i);
			pass(Duration.ofMillis(150));
		}
		pass(Duration.ofSeconds(6));
		ExecutorService both = Executors.newFixedThreadPool(2);
		List<Future<Duration>> rounds = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			rounds.add(both.submit(((i % 2 == 0) ? this.here : this.there).worker::round));
		}
		for (Future<Duration> round : rounds) {
			round.get();
		}
		both.shutdown();
		send();
		assertThat(this.ably.revocations()).flatExtracting(RevokeCall::targets).hasSize(80).doesNotHaveDuplicates();
	}

	@Test
	void revokeWhenAThousandTargetsThenTenCallsAndOneMoreIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.here.revoke(clients(1001)))
			.withMessageStartingWith("targets:");
		assertThat(this.here.store.jdbc().sql("select revocations from ably_auth_store").query(Long.class).single())
			.isZero();
		this.here.revoke(clients(1000));
		pass(SECOND);
		send();
		assertThat(this.ably.revocations()).hasSize(10).flatExtracting(RevokeCall::targets).hasSize(1000);
	}

	private static String[] clients(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "c" + i).toArray(String[]::new);
	}

	@Test
	void revokeWhenTheKeyIsUsedAgainThenTheFirstOrARefusalForAnotherBody() {
		RevocationState first = this.here.revocations.revoke(TestOutbox.wish("ann"), new Once("k", "body"));
		assertThat(this.there.revocations.revoke(TestOutbox.wish("ann"), new Once("k", "body"))).isEqualTo(first);
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> this.there.revocations.revoke(TestOutbox.wish("bob"), new Once("k", "other")))
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.KEY_REUSED));
		pass(SECOND);
		send();
		assertThat(this.ably.revocations()).hasSize(1);
	}

	@Test
	void revokeWhenTheKeyIsOlderThanAWeekThenANewCall() {
		RevocationState first = this.here.revocations.revoke(TestOutbox.wish("ann"), new Once("k", "body"));
		pass(Duration.ofDays(8));
		this.here.revocations.revoke(TestOutbox.wish("bob"), new Once("k2", "body"));
		assertThat(this.here.revocations.revoke(TestOutbox.wish("ann"), new Once("k", "other")).id())
			.isNotEqualTo(first.id());
		assertThat(this.here.revocations.find(first.id())).isPresent();
	}

	@Test
	void denyThenDeniedAndRevokedOrNeither() {
		RevocationState state = this.here.deny("ann");
		assertThat(this.here.store.isDenied("ann")).isTrue();
		assertThat(this.there.revocations.find(Objects.requireNonNull(state.denial()))).contains(state);
		this.here.store.jdbc().sql("alter table ably_auth_revocation_target rename to away").update();
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> this.here.deny("bob"))
			.satisfies((refused) -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
		this.here.store.jdbc().sql("alter table away rename to ably_auth_revocation_target").update();
		assertThat(this.here.read().store.isDenied("bob")).isFalse();
	}

	/** It is written, so no answer may say that nothing has changed. */
	@Test
	void revokeAndDenyWhenTheStoreFailsAfterTheCommitThenOnItsWay() {
		this.here.committed = () -> this.here.store.jdbc()
			.sql("alter table ably_auth_revocation_target rename to away")
			.update();
		Runnable back = () -> this.here.store.jdbc()
			.sql("alter table away rename to ably_auth_revocation_target")
			.update();
		RevocationState revoked = this.here.revoke("ann");
		back.run();
		RevocationState denied = this.here.deny("bob");
		back.run();
		for (RevocationState state : List.of(revoked, denied)) {
			assertThat(state.isOnItsWay()).isTrue();
			assertThat(this.here.revocations.find(state.id())).contains(state);
		}
	}

	@Test
	void denyWhenTheKeyIsUsedAgainThenTheFirstDenialAndRevocation() {
		DenialWish wish = TestDenials.wish(Target.Kind.USER_ID, "ann");
		Revocations.Denied first = this.here.revocations.deny(wish, List.of(), new Once("k", "body"));
		assertThat(this.there.revocations.deny(wish, List.of(), new Once("k", "body"))).isEqualTo(first);
	}

	@Test
	void denyThenRepeatedOnceWithALaterSecondWhenNoTokenCanComeOutAnyMore() {
		RevocationState state = this.here.deny("ann");
		assertThat(state.targets().get(0).repeat()).isInstanceOf(Progress.OnItsWay.class);
		pass(SECOND);
		send();
		pass(LATE.minusSeconds(2));
		send();
		assertThat(this.ably.revocations()).hasSize(1);
		pass(Duration.ofSeconds(3));
		send();
		pass(SECOND);
		send();
		assertThat(this.ably.revocations()).hasSize(2).flatExtracting(RevokeCall::targets).containsOnly("clientId:ann");
		assertThat(this.ably.revocations().get(1).issuedBefore() - this.ably.revocations().get(0).issuedBefore())
			.isGreaterThanOrEqualTo(LATE.toMillis());
		assertThat(this.here.now(state).repeat()).isInstanceOf(Progress.Revoked.class);
		pass(LATE.multipliedBy(2));
		send();
		assertThat(this.ably.revocations()).hasSize(2);
	}

	@Test
	void allowWhenBeforeTheRepeatThenItIsCalledOff() {
		RevocationState state = this.here.deny("ann");
		pass(SECOND);
		send();
		this.there.store.denials.allow(Objects.requireNonNull(state.denial()), "olga");
		pass(LATE.plusSeconds(5));
		send();
		send();
		assertThat(this.ably.revocations()).hasSize(1);
		assertThat(this.here.now(state).repeat()).isEqualTo(new Progress.CalledOff());
	}

	@Test
	void allowWhenTheRepeatWaitsForAblyThenItIsCalledOff() {
		RevocationState state = this.here.deny("ann");
		pass(SECOND);
		send();
		pass(LATE.plusSeconds(1));
		this.ably.revocationFaults().answer(503);
		send();
		pass(SECOND);
		send();
		this.here.store.denials.allow(Objects.requireNonNull(state.denial()), "olga");
		pass(Duration.ofSeconds(10));
		send();
		assertThat(this.ably.revocations()).hasSize(1);
		assertThat(this.here.now(state).repeat()).isEqualTo(new Progress.CalledOff());
	}

	@Test
	void denyWhenAblyIsAwayForLongThenFirstTheFirstAndThenTheRepeat() {
		this.ably.revocationFaults().answer(503);
		this.here.deny("ann");
		pass(SECOND);
		send();
		pass(LATE.plusSeconds(5));
		for (int i = 0; i < 3; i++) {
			send();
			pass(SECOND);
		}
		assertThat(this.ably.revocations()).extracting(RevokeCall::issuedBefore).hasSize(2).isSorted();
	}

	@Test
	void sendWhenFiftyFiveMinutesOverThenGivenUp() {
		try (TestOutbox right = right()) {
			RevocationState state = right.revoke("ann");
			pass(OutboxEnds.GIVEN_UP_AFTER.plus(SECOND));
			right.send();
			assertThat(this.ably.revocations()).isEmpty();
			assertThat(right.now(state).progress()).isInstanceOfSatisfying(Progress.GivenUp.class,
					(given) -> assertThat(given.endedAt()).isBetween(
							state.created().plus(Duration.ofHours(1)).plus(LATE),
							state.created().plus(Duration.ofHours(1)).plus(LATE).plus(SECOND)));
		}
	}

	/** It may be ahead, and others have a right one. */
	@Test
	void sendWhenAClockWasNotComparedThenGivenUpADayLater() {
		for (int i = 0; i < 20; i++) {
			this.ably.revocationFaults().answer(503);
		}
		RevocationState state = this.here.revoke("ann");
		pass(OutboxEnds.GIVEN_UP_AFTER.plus(SECOND));
		send();
		assertThat(this.here.now(state).progress()).isInstanceOf(Progress.OnItsWay.class);
		pass(Duration.ofDays(1));
		send();
		assertThat(this.here.now(state).progress()).isInstanceOf(Progress.GivenUp.class);
	}

	@Test
	void knownThenHereAtOnceThereAfterTheNextReadAndAfterARestartForAnHour() {
		this.here.revoke("ann");
		assertThat(isKnown(this.here, "ann")).isTrue();
		assertThat(isKnown(this.here, "bob")).isFalse();
		assertThat(isKnown(this.there, "ann")).isFalse();
		assertThat(isKnown(this.there.read(), "ann")).isTrue();
		try (TestOutbox later = another()) {
			assertThat(isKnown(later, "ann")).isTrue();
		}
		pass(Duration.ofMinutes(61));
		this.there.revoke("bob");
		assertThat(isKnown(this.there, "ann")).isFalse();
		try (TestOutbox later = another()) {
			assertThat(isKnown(later, "ann")).isFalse();
			assertThat(isKnown(later, "bob")).isTrue();
		}
	}

	private static boolean isKnown(TestOutbox outbox, String clientId) {
		return outbox.store.recent.known().latest(ClientId.of(clientId), null) != null;
	}

	@Test
	void revokeWhenTheKeyCannotRevokeThenSaysUntilWhenTokensLive() {
		try (TestOutbox other = new TestOutbox(settingsAgain(), this.time, keys(null)).read()) {
			RevocationState state = other.revoke("ann");
			assertThat(state.isOnItsWay()).isFalse();
			assertThat(state.targets().get(0).progress()).isInstanceOfSatisfying(Progress.NotRevoked.class,
					(not) -> assertThat(not.livesUntil()).isAfter(state.created().plus(Duration.ofHours(24))));
		}
	}

	/** Or its next tokens, whose time is set back a little, would be revoked too. */
	@Test
	void revokeWhenOnlyAnotherInstanceHasAKeyThatCanThenItKnowsTheSecondBeforeItSendsIt() {
		try (SecondKey second = new SecondKey();
				TestOutbox both = second.outbox().read();
				TestOutbox other = new TestOutbox(settingsAgain(), this.time,
						List.of(new TokenKey(new KeyName("appid2.third"), Duration.ofHours(24), null)))
					.read()) {
			other.revoke("ann");
			assertThat(isKnown(both.read(), "ann")).isTrue();
			pass(Duration.ofSeconds(6));
			both.send();
			assertThat(second.seconds()).containsExactly(latest(both, "ann"));
		}
	}

	/** Nobody corrects what is for no key, so it must not hold up anybody. */
	@Test
	void readWhenOneWithoutAKeyThatCanRevokeHadAWrongClockThenItsSecondDoesNotCount() {
		try (TestOutbox wrong = wrong(List.of(new TokenKey(new KeyName("appid2.third"), Duration.ofHours(24), null)))) {
			wrong.revoke("ann");
			assertThat(isKnown(this.there.read(), "ann")).isFalse();
		}
	}

	private static long latest(TestOutbox outbox, String clientId) {
		return Objects.requireNonNull(outbox.store.recent.known().latest(ClientId.of(clientId), null)).millis();
	}

	@Test
	void sendWhenNobodyHasTheKeyAnyMoreThenNotRevokedAfterAWhile() {
		RevocationState state = this.here.revoke("ann");
		this.here.close();
		this.there.close();
		try (TestOutbox other = new TestOutbox(settingsAgain(), this.time, keys(null)).read()) {
			pass(OutboxEnds.NOBODY_HAS_THE_KEY.plus(SECOND));
			// Perhaps nobody could send in this time.
			other.send();
			assertThat(other.now(state).progress()).isInstanceOf(Progress.OnItsWay.class);
			pass(OutboxEnds.NOBODY_HAS_THE_KEY.minus(SECOND));
			other.send();
			assertThat(other.now(state).progress()).isInstanceOf(Progress.OnItsWay.class);
			pass(SECOND.multipliedBy(3));
			other.send();
			assertThat(other.now(state).progress()).isInstanceOfSatisfying(Progress.NotRevoked.class, (not) -> {
				assertThat(not.reason()).isEqualTo(RevocationFailure.NOT_REVOCABLE);
				assertThat(not.livesUntil()).isAfter(state.created().plus(Duration.ofHours(1)));
			});
		}
	}

	/** One instance has new settings already, and Ably is away. */
	@Test
	void sendWhenAnotherInstanceHasTheKeyThenItIsLeftToThat() {
		for (int i = 0; i < 20; i++) {
			this.ably.revocationFaults().answer(503);
		}
		this.here.revoke("ann");
		RevocationState last = this.here.revoke("ann");
		try (TestOutbox other = new TestOutbox(settingsAgain(), this.time, keys(null)).read()) {
			for (int i = 0; i < 12; i++) {
				pass(Duration.ofMinutes(1));
				send();
				other.send();
			}
			assertThat(other.now(last).progress()).isInstanceOf(Progress.OnItsWay.class);
			for (int i = 0; i < 20; i++) {
				pass(Duration.ofMinutes(1));
				send();
				other.send();
			}
			assertThat(other.now(last).progress()).isInstanceOf(Progress.Revoked.class);
		}
	}

	/**
	 * Versions 1.x share a store, so a newer one may write what this one does not know.
	 */
	@Test
	void readWhenANewerVersionWroteATargetThenOneLineAndAllElseGoesOn() {
		try (LogLines log = new LogLines(StoredSpecifiers.class)) {
			this.here.deny("eve");
			RevocationState unknown = this.here.deny("news");
			this.here.store.jdbc()
				.sql("update ably_auth_revocation_target set specifier = 'channel:news' where specifier = 'clientId:news'")
				.update();
			this.here.deny("ann");
			assertThat(this.there.read().store.isDenied("ann")).isTrue();
			assertThat(isKnown(this.there, "ann")).isTrue();
			assertThat(log.of(Level.ERROR)).singleElement().asString().contains("cannot read").doesNotContain("news");
			pass(SECOND);
			send();
			pass(OutboxClaims.LEASE.plusSeconds(1));
			send();
			assertThat(this.ably.revocations()).flatExtracting(RevokeCall::targets)
				.containsExactlyInAnyOrder("clientId:eve", "clientId:ann");
			assertThat(this.here.now(unknown).progress()).isInstanceOf(Progress.OnItsWay.class);
			this.here.store.jdbc()
				.sql("update ably_auth_revocation_target set state = 'REVOKED', applies_at = 0"
						+ " where specifier = 'channel:news'")
				.update();
			pass(LATE);
			send();
			pass(SECOND);
			send();
			assertThat(this.ably.revocations()).flatExtracting(RevokeCall::targets).hasSize(4);
			// Each instance tells it once.
			assertThat(log.of(Level.ERROR)).hasSize(2);
		}
	}

	TestOutbox here() {
		return this.here;
	}

	TestOutbox there() {
		return this.there;
	}

	AblyStandIn ably() {
		return this.ably;
	}

	ShiftedClock clock() {
		return this.clock;
	}

}
