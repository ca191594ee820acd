package dev.ablyauth.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;

import dev.ablyauth.rest.TestClockWatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class ClockHealthTests {

	private final TestClockWatch clock = new TestClockWatch();

	@AfterEach
	void close() {
		this.clock.close();
	}

	private String degraded() {
		Health health = new ClockHealth(this.clock.watch()).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		return String.valueOf(health.getDetails().get("degraded"));
	}

	/** Ably answers at the start, and then no more. */
	private void ablyIsAway() {
		this.clock.answers().add(Duration.ZERO);
		this.clock.answers().addAll(Collections.nCopies(500, "away"));
		this.clock.start(true);
		this.clock.looks(60);
		assertThat(degraded()).isEqualTo("null");
	}

	@Test
	void healthWhenTheClockHasJumpedAndAblyIsAwayForAnHourThenDegradedWithBoth() throws Exception {
		ablyIsAway();
		this.clock.set(Duration.ofHours(3));
		this.clock.looks(60);
		assertThat(degraded()).contains("more than 30 s from the one of this machine; tokens are made by Ably's time,")
			.doesNotContain("hour");
		this.clock.looks(3600);
		String words = "and the clock of this machine has jumped since, so a counter goes on from what was learnt";
		assertThat(degraded())
			.contains("Ably's clock is more than 30 s from the one of this machine; tokens are made by a counter of"
					+ " this server")
			.contains("Ably's time was not learnt for an hour, " + words);
		assertThat(Files.readString(Path.of("docs/operations/health.md"))).contains(words);
	}

	@Test
	void healthWhenAblyIsAwayForAnHourThenDegradedAndTheMachineCounts() {
		ablyIsAway();
		this.clock.looks(3600);
		assertThat(degraded())
			.contains("Ably's time was not learnt for an hour, so the clock of this machine counts alone")
			.doesNotContain("30 s");
	}

}
