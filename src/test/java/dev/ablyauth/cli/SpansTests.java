package dev.ablyauth.cli;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lengths of time as a person says them.
 */
class SpansTests {

	@ParameterizedTest
	@CsvSource({ "0,0 seconds", "1,1 second", "119,119 seconds", "120,2 minutes", "3600,60 minutes", "7199,119 minutes",
			"7200,2 hours", "86400,24 hours", "172799,47 hours", "172800,2 days", "-300,5 minutes" })
	void wordsThenInTheUnitThatFits(long seconds, String words) {
		assertThat(Spans.words(Duration.ofSeconds(seconds))).isEqualTo(words);
	}

	@Test
	void fromNowThenSaysWhichSide() {
		assertThat(Spans.fromNow(CommandRun.START, CommandRun.START.plusSeconds(300))).isEqualTo("5 minutes ago");
		assertThat(Spans.fromNow(CommandRun.START.plusSeconds(1), CommandRun.START)).isEqualTo("in 1 second");
	}

}
