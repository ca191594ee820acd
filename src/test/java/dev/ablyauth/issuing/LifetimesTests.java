package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a token of a TokenRequest may live, which begins when the client redeems it.
 */
class LifetimesTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	/** Seconds: the life so far, what is left of the session, the life then. */
	@ParameterizedTest
	@CsvSource({ "3600, 7200, 3600", "3600, 3720, 3600", "3600, 3719, 3599", "3600, 3600, 3480", "600, 600, 480",
			"181, 181, 61", "180, 180, 60", "179, 179, 60", "100, 100, 60", "60, 60, 60", "60, 100000000, 60" })
	void ofTokenRequestThenItEndsWithTheSessionHoweverLateItIsRedeemed(int life, int left, int expected) {
		Lifetimes lifetimes = new Lifetimes(TestIssuer.settings(0), new Random());
		assertThat(lifetimes.ofTokenRequest(Duration.ofSeconds(life), NOW, NOW.plusSeconds(left)))
			.isEqualTo(Duration.ofSeconds(expected));
	}

}
