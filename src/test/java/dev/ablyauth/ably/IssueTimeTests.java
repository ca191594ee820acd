package dev.ablyauth.ably;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The iat of a token around a revocation with the second 12:00:10.
 */
class IssueTimeTests {

	private static final IssuedBefore REVOKED = new IssuedBefore(Instant.parse("2026-01-01T12:00:10Z"));

	@ParameterizedTest
	@CsvSource(textBlock = """
			# Ably's clock, set back, iat,   wait in ms
			09.000,         2,        10,    1000
			09.001,         2,        10,    999
			09.999,         2,        10,    1
			10.000,         2,        10,    0
			10.001,         2,        10,    0
			10.999,         2,        10,    0
			11.000,         2,        11,    0
			12.000,         2,        12,    0
			14.999,         2,        14,    0
			15.000,         2,        13,    0
			15.999,         2,        13,    0
			16.000,         2,        14,    0
			10.000,         0,        10,    0
			15.000,         0,        15,    0
			14.999,         5,        14,    0
			15.000,         5,        10,    0
			15.000,         30,       10,    0
			39.999,         30,       10,    0
			40.999,         30,       10,    0
			41.000,         30,       11,    0
			""")
	void ofWhenRevokedThenThatSecondOrALaterOne(String now, int backdate, String iat, long wait) {
		IssueTime time = IssueTime.of(at(now), Duration.ofSeconds(backdate), REVOKED);
		assertThat(time.issuedAt()).isEqualTo(at(iat));
		assertThat(time.early()).isEqualTo(Duration.ofMillis(wait));
	}

	@ParameterizedTest
	@CsvSource({ "10.000, 2, 08", "10.999, 2, 08", "11.000, 2, 09", "10.500, 0, 10", "40.5, 30, 10" })
	void ofWhenNotRevokedThenSetBack(String now, int backdate, String iat) {
		assertThat(IssueTime.of(at(now), Duration.ofSeconds(backdate), null))
			.isEqualTo(new IssueTime(at(iat), Duration.ZERO));
	}

	/** What must hold whatever the numbers are. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 5, 10, 30 })
	void ofThenNeverOlderThanTheRevocationNorYoungerThanTheTimeAfterItsWait(int backdate) {
		for (Instant now = at("09.000"); now.isBefore(at("59.000")); now = now.plusMillis(7)) {
			IssueTime time = IssueTime.of(now, Duration.ofSeconds(backdate), REVOKED);
			assertThat(time.issuedAt()).isBetween(REVOKED.second(), now.plus(time.early()));
			assertThat(time.early()).isLessThanOrEqualTo(Duration.ofSeconds(1));
		}
	}

	@Test
	void ofWhenRevokedNowThenATokenOfTheSameMomentIsNotOlder() {
		for (Instant now = at("10.000"); now.isBefore(at("11.000")); now = now.plusMillis(1)) {
			IssuedBefore next = IssuedBefore.next(now);
			assertThat(IssueTime.of(now, Duration.ZERO, null).issuedAt()).isBefore(next.second());
			assertThat(IssueTime.of(now, Duration.ZERO, next).issuedAt()).isEqualTo(next.second());
		}
	}

	private static Instant at(String seconds) {
		return Instant.parse("2026-01-01T12:00:" + seconds + "Z");
	}

}
