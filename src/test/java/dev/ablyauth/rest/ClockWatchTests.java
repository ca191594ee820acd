package dev.ablyauth.rest;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

import ch.qos.logback.classic.Level;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClockWatchTests {

	private final LogLines log = new LogLines(ClockWatch.class);

	private final TestClockWatch clock = new TestClockWatch();

	private final ClockWatch watch = this.clock.watch();

	@AfterEach
	void close() {
		this.log.close();
		this.clock.close();
	}

	@Test
	void aheadBeforeTheFirstAnswerThenNothing() {
		assertThat(this.watch.ahead()).isZero();
		assertThat(this.watch.isKnown()).isFalse();
		assertThat(this.watch.measured()).isNull();
		assertThat(this.watch.age()).isNull();
	}

	@Test
	void lookThenAblyIsAskedAtFirstAndInIntervalsAndSoonerAfterAFailure() {
		this.clock.answers().addAll(List.of("away", Duration.ofSeconds(-3), "away", Duration.ofSeconds(2)));
		this.clock.start(true);
		this.clock.looks(600);
		assertThat(this.clock.asked()).containsExactly(0L, 5L, 305L, 310L);
		assertThat(this.watch.ahead()).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.watch.age()).isEqualTo(Duration.ofSeconds(290));
	}

	@Test
	void lookWhenAblyStaysAwayThenAskedEachMinute() {
		this.clock.answers().addAll(Collections.nCopies(100, "away"));
		this.clock.start(true);
		this.clock.looks(200);
		assertThat(this.clock.asked()).containsExactly(0L, 5L, 15L, 35L, 75L, 135L, 195L);
	}

	@Test
	void aheadWhenAblyIsAwayThenForAnHour() {
		this.clock.answers().add(Duration.ofSeconds(2));
		this.clock.answers().addAll(Collections.nCopies(100, "away"));
		this.clock.start(true);
		this.clock.looks(3600);
		this.clock.count(-1);
		assertThat(this.watch.ahead()).isEqualTo(Duration.ofSeconds(2));
		this.clock.count(1);
		assertThat(this.watch.ahead()).isZero();
		assertThat(this.watch.isKnown()).isFalse();
		assertThat(this.watch.measured()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void lookWhenTheClockHasJumpedThenAblyIsAskedAtOnceAndSoonAgainUntilItAnswers() {
		this.clock.start(true);
		this.clock.looks(100);
		this.clock.answers().addAll(List.of("away", "away"));
		this.clock.set(Duration.ofHours(1));
		this.clock.looks(100);
		assertThat(this.clock.asked()).containsExactly(0L, 100L, 105L, 115L);
		assertThat(this.watch.jumps()).isOne();
		assertThat(this.log.of(Level.WARN)).containsExactly(
				"The clock of this machine has jumped by 3600.0 s; the time of this server has not, until Ably says which is right",
				"Ably's time cannot be learnt: away",
				"Ably's clock is 3600.0 s behind the one of this machine, which has to be set; tokens are made by Ably's time");
		this.clock.set(Duration.ofHours(-1));
		this.clock.looks(1);
		assertThat(this.clock.asked()).hasSize(5);
		assertThat(this.log.of(Level.INFO)).containsExactly("Ably's time is known again",
				"The clock of this machine is right again");
	}

	@Test
	void lookWhenTheClockOfTheMachineIsTheOneThatCountsThenJumpsAreToldAndAblyIsNotAsked() {
		this.clock.start(false);
		this.clock.looks(10);
		this.clock.set(Duration.ofSeconds(-2));
		this.clock.looks(10);
		assertThat(this.clock.asked()).isEmpty();
		assertThat(this.watch.jumps()).isOne();
		assertThat(this.log.of(Level.WARN))
			.containsExactly("The clock of this machine has jumped by -2.0 s; it counts as it is");
	}

	@Test
	void lookWhenAblyIsAwayOrFarThenOneLineUntilItChanges() {
		this.clock.answers()
			.addAll(List.of("away", "away", Duration.ofMillis(1400), Duration.ofMillis(1300), Duration.ofSeconds(61),
					Duration.ofSeconds(70), Duration.ofMillis(900), Duration.ofMillis(-100)));
		this.clock.start(true);
		this.clock.looks(3600);
		assertThat(this.log.of(Level.WARN)).containsExactly("Ably's time cannot be learnt: away",
				"Ably's clock is 1.4 s ahead of the one of this machine",
				"Ably's clock is 61.0 s ahead of the one of this machine, which has to be set; tokens are made by it and may be refused",
				"Ably's clock is 0.9 s ahead of the one of this machine");
		assertThat(this.log.of(Level.INFO)).containsExactly("Ably's time is known again",
				"The clock of this machine is right again");
	}

	@Test
	void learnThenAsks() {
		this.clock.answers().addAll(List.of("away", Duration.ofSeconds(5)));
		assertThat(this.watch.learn(Duration.ofSeconds(5))).isFalse();
		assertThat(this.watch.learn(Duration.ofSeconds(5))).isTrue();
		assertThat(this.watch.ahead()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void startThenTheServerKnowsAblysTimeUnlessItsOwnClockCounts() throws InterruptedException {
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20));
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.notRevocable().on(ahead))) {
			String url = "ably-auth.ably.rest-url=http://127.0.0.1:" + ably.port();
			try (TestServer server = TestServer.start(url, "ably-auth.ably.clock=ably")) {
				ClockWatch watch = server.bean(ClockWatch.class);
				for (int i = 0; i < 100 && watch.ahead().isZero(); i++) {
					Thread.sleep(100);
				}
				assertThat(watch.ahead()).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(22));
			}
			try (TestServer server = TestServer.start(url)) {
				Thread.sleep(500);
				assertThat(server.bean(ClockWatch.class).ahead()).isZero();
			}
		}
	}

}
