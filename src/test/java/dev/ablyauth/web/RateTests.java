package dev.ablyauth.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Rates as settings name them.
 */
class RateTests {

	@ParameterizedTest
	@CsvSource({ "60/1m, 60, PT1M", "1/1s, 1, PT1S", "9999999/24h, 9999999, PT24H", "5/90s, 5, PT1M30S" })
	void parseThenCountAndPeriod(String text, int count, Duration period) {
		assertThat(Rate.parse(text)).contains(new Rate(count, period));
	}

	@Test
	void parseWhenNoneThenNoLimit() {
		assertThat(Rate.parse("none")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "60", "60/m", "60/1", "0/1m", "60/0m", "-1/1m", "60 / 1m", "6e1/1m", "60/1d",
			"100000000/1m", "60/1m ", "None", "60/PT1M" })
	void parseWhenNoRateThenRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text))
			.withMessage("must be a number and a time, such as 60/1m, or none");
	}

	@Test
	void problemsThenEachIsNamed() {
		assertThat(new RateLimitProperties("60/1m", "none", "1/1h", "9/1s", "none", "2/1m", "none", null, null)
			.problems("rate-limit")).isEmpty();
		String message = ": must be a number and a time, such as 60/1m, or none";
		assertThat(new RateLimitProperties("60", "fast", "1/1", "0/1s", "", "1/x", "none", null, null)
			.problems("rate-limit")).containsExactly("rate-limit.per-user" + message, "rate-limit.per-guest" + message,
					"rate-limit.per-address" + message, "rate-limit.total" + message,
					"rate-limit.new-guests-per-address" + message, "rate-limit.per-admin" + message);
	}

}
