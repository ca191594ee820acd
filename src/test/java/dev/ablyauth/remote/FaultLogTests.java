package dev.ablyauth.remote;

import java.time.Duration;
import java.time.Instant;

import ch.qos.logback.classic.Level;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.session.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultLogTests {

	private final MutableClock clock = new MutableClock(Instant.EPOCH);

	private final FaultLog log = new FaultLog("It", this.clock);

	@Test
	void warnWhenTheSameAgainThenOnceInTenSeconds() {
		try (LogLines lines = new LogLines(FaultLog.class)) {
			for (int i = 0; i < 40; i++) {
				this.log.warn("is away");
				this.clock.advance(Duration.ofMillis(500));
			}
			assertThat(lines.of(Level.WARN)).containsExactly("It is away", "It is away");
		}
	}

	@Test
	void warnWhenManyDifferentThenNotEndless() {
		try (LogLines lines = new LogLines(FaultLog.class)) {
			for (int i = 0; i < 1000; i++) {
				this.log.warn("holds " + i);
			}
			assertThat(lines.of(Level.WARN)).hasSize(100);
			this.clock.advance(Duration.ofSeconds(10));
			this.log.warn("is away");
			assertThat(lines.of(Level.WARN)).hasSize(101);
		}
	}

	@Test
	void warnWhenTheClockIsSetBackThenStillSaid() {
		try (LogLines lines = new LogLines(FaultLog.class)) {
			this.log.warn("is away");
			this.clock.advance(Duration.ofDays(-1));
			this.log.warn("is away");
			assertThat(lines.of(Level.WARN)).hasSize(2);
		}
	}

}
