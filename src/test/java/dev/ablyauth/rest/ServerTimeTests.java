package dev.ablyauth.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import dev.ablyauth.session.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server's time while somebody sets the clock of the machine, with Ably's as the time
 * that it really is.
 */
class ServerTimeTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

	private final AtomicLong nanos = new AtomicLong(-987_654_321L);

	private final MutableClock machine = new MutableClock(START);

	private final MutableClock ably = new MutableClock(START);

	private final SteadyClock clock = new SteadyClock(this.machine, this.nanos::get);

	private final ServerTime time = new ServerTime(this.clock, this.nanos::get, new ClockFaults());

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
		this.machine.advance(time);
		this.ably.advance(time);
	}

	private void answer() {
		assertThat(this.time.answered(Duration.between(this.clock.instant(), this.ably.instant()), this.clock.base(),
				this.time.jumps()))
			.isTrue();
	}

	/** Looks as often as it would in that time. */
	private void looks(int seconds) {
		for (int i = 0; i < seconds; i++) {
			pass(Duration.ofSeconds(1));
			this.time.look();
		}
	}

	private Instant ablyTime() {
		return this.clock.instant().plus(Objects.requireNonNull(this.time.known()));
	}

	@Test
	void instantThenAsTheMachineSaidPlusWhatHasPassed() {
		assertThat(this.clock.instant()).isEqualTo(START);
		pass(Duration.ofNanos(1_234_567_890_123L));
		assertThat(this.clock.instant()).isEqualTo(this.ably.instant());
		assertThat(this.clock.millis()).isEqualTo(this.ably.instant().toEpochMilli());
	}

	@ParameterizedTest
	@ValueSource(longs = { 3600, -3600, 86_400, -86_400, 61, -61 })
	void lookWhenTheMachineHasJumpedFarThenTheServersTimeHasNot(long seconds) {
		answer();
		this.machine.advance(Duration.ofSeconds(seconds));
		assertThat(this.clock.instant()).isEqualTo(this.ably.instant());
		assertThat(this.time.look()).isTrue();
		answer();
		looks(3000);
		assertThat(this.clock.instant()).isEqualTo(this.ably.instant());
		assertThat(this.time.known()).isZero();
		assertThat(this.time.measured()).isEqualTo(Duration.ofSeconds(-seconds));
		assertThat(this.time.jumps()).isOne();
	}

	@ParameterizedTest
	@ValueSource(longs = { 2000, -2000, 500, -500, 59_000, -59_000 })
	void lookWhenTheMachineWasSetALittleThenFollowedSlowlyAndAblysTimeIsRightAllTheTime(long millis) {
		answer();
		this.machine.advance(Duration.ofMillis(millis));
		assertThat(this.time.look()).isTrue();
		for (int i = 0; i < Math.abs(millis) / ServerTime.STEP.toMillis(); i++) {
			Instant before = this.clock.instant();
			looks(1);
			assertThat(Duration.between(before, this.clock.instant()).minusSeconds(1).abs())
				.isLessThanOrEqualTo(ServerTime.STEP);
			assertThat(ablyTime()).isEqualTo(this.ably.instant());
		}
		assertThat(this.clock.instant()).isEqualTo(this.machine.instant());
		assertThat(this.time.jumps()).isOne();
	}

	@Test
	void lookWhenTheMachineDriftsThenNoJumpAndAblysTimeIsRightAllTheTime() {
		answer();
		for (int i = 0; i < 3000; i++) {
			this.machine.advance(Duration.ofMillis(10));
			looks(1);
			assertThat(ablyTime()).isEqualTo(this.ably.instant());
		}
		assertThat(this.time.measured()).isEqualTo(Duration.ofSeconds(-30));
		assertThat(this.time.jumps()).isZero();
	}

	@Test
	void lookWhenAblyWasNeverAskedThenTheMachineCountsAsItIs() {
		this.machine.advance(Duration.ofHours(1));
		assertThat(this.time.look()).isTrue();
		assertThat(this.clock.instant()).isEqualTo(this.machine.instant());
		assertThat(this.time.known()).isNull();
		assertThat(this.time.measured()).isNull();
	}

	/** As where a server starts before its machine has asked for the time. */
	@Test
	void lookWhenAWrongMachineIsSetRightThenItCountsAtOnce() {
		this.machine.advance(Duration.ofHours(2));
		this.time.look();
		answer();
		assertThat(this.time.known()).isNull();
		assertThat(this.time.measured()).isEqualTo(Duration.ofHours(-2));
		assertThat(this.clock.instant()).isEqualTo(this.machine.instant());
		this.machine.advance(Duration.ofHours(-2));
		this.time.look();
		assertThat(this.clock.instant()).isEqualTo(this.ably.instant());
		answer();
		assertThat(this.time.known()).isZero();
	}

	/** The nanoseconds of a machine stand still while it sleeps. */
	@Test
	void answeredWhenTheMachineHasSleptThenItCountsAtOnce() {
		answer();
		this.machine.advance(Duration.ofHours(1));
		this.ably.advance(Duration.ofHours(1));
		this.time.look();
		assertThat(this.clock.instant()).isEqualTo(START);
		answer();
		assertThat(this.clock.instant()).isEqualTo(this.ably.instant());
		assertThat(this.time.known()).isZero();
	}

	/** So far from Ably's time that it is not followed before. */
	@Test
	void lookWhenTheMachineHasDriftedAndAblyHasNotAnsweredForAnHourThenTheMachineCounts() {
		answer();
		for (int i = 0; i < 3599; i++) {
			this.machine.advance(Duration.ofMillis(20));
			looks(1);
		}
		assertThat(this.clock.instant()).isBefore(this.machine.instant());
		assertThat(this.time.isAlone()).isTrue();
		looks(1);
		assertThat(this.clock.instant()).isEqualTo(this.machine.instant());
		assertThat(this.time.isAlone()).isFalse();
		assertThat(this.time.known()).isNull();
		assertThat(this.time.age()).isEqualTo(ServerTime.OLDEST);
	}

	/** A clock that has jumped is no better after an hour than it was at first. */
	@ParameterizedTest
	@ValueSource(longs = { 3600, -3600, 86_400, -86_400, 61, -61 })
	void lookWhenTheMachineHasJumpedAndAblyNeverAnswersAgainThenNotFollowed(long seconds) {
		answer();
		looks(1800);
		this.machine.advance(Duration.ofSeconds(seconds));
		looks(2 * 3600);
		assertThat(this.clock.instant()).isEqualTo(this.ably.instant());
		assertThat(this.time.known()).isNull();
		assertThat(this.time.isAlone()).isTrue();
		assertThat(this.time.measured()).isEqualTo(Duration.ofSeconds(-seconds));
	}

	@Test
	void lookWhenTheMachineJumpsAfterTheHourThenNotFollowed() {
		answer();
		looks(5000);
		this.machine.advance(Duration.ofHours(3));
		looks(5000);
		assertThat(this.clock.instant()).isEqualTo(this.ably.instant());
		assertThat(this.time.isAlone()).isTrue();
	}

	/** Until somebody sets it right, or Ably says that it is. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void lookWhenTheMachineIsRightAgainThenFollowed(boolean answers) {
		answer();
		this.machine.advance(Duration.ofHours(3));
		looks(2 * 3600);
		if (answers) {
			this.ably.advance(Duration.ofHours(3));
			answer();
		}
		else {
			this.machine.advance(Duration.ofMillis(-3 * 3_600_000L + 700));
			looks(10);
		}
		assertThat(this.time.isAlone()).isFalse();
		assertThat(this.clock.instant()).isEqualTo(this.machine.instant());
	}

	@ParameterizedTest
	@CsvSource({ "60000, true", "-60000, true", "60001, false", "-60001, false" })
	void knownWhenMoreThanAMinuteThenNot(long millis, boolean known) {
		this.ably.advance(Duration.ofMillis(millis));
		answer();
		assertThat(this.time.known()).isEqualTo(known ? Duration.ofMillis(millis) : null);
	}

	@Test
	void answeredWhenALittleElseThanBeforeThenAQuarterOfIt() {
		answer();
		this.ably.advance(Duration.ofMillis(400));
		answer();
		assertThat(this.time.known()).isEqualTo(Duration.ofMillis(100));
		answer();
		assertThat(this.time.known()).isEqualTo(Duration.ofMillis(175));
		this.ably.advance(Duration.ofSeconds(1));
		answer();
		assertThat(this.time.known()).isEqualTo(Duration.ofMillis(1400));
	}

	/** It is not known for which time the answer is. */
	@Test
	void answeredWhenTheServersTimeWasMovedFarMeanwhileThenNotTaken() {
		long base = this.clock.base();
		this.machine.advance(Duration.ofHours(1));
		this.time.look();
		assertThat(this.time.answered(Duration.ZERO, base, 0)).isFalse();
		assertThat(this.time.known()).isNull();
	}

}
