package dev.ablyauth.policy;

import java.time.Duration;
import java.util.Map;

import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TokenParams as SDKs send them.
 */
class WishReaderTests {

	private final WishReader reader = new WishReader(new CapabilityJson(Operations.standard()));

	@Test
	void readWhenNothingIsAskedForThenNoWish() {
		assertThat(this.reader.read(Map.of("rnd", "123", "timestamp", 5L))).isEqualTo(Wish.NONE);
	}

	@Test
	void readWhenAllIsAskedForThenAllIsWished() {
		Wish wish = this.reader.read(Map.of("clientId", "ann", "ttl", 60_000L, "capability", "{\"a\":[\"publish\"]}"));
		assertThat(wish.clientId()).isEqualTo(ClientId.of("ann"));
		assertThat(wish.ttl()).isEqualTo(Duration.ofMinutes(1));
		assertThat(wish.capability()).hasToString("{\"a\":[\"publish\"]}");
	}

	/** Spec: RSA7b4. */
	@Test
	void readWhenClientIdIsAStarThenTheWildcard() {
		assertThat(this.reader.read(Map.of("clientId", "*")).clientId()).isEqualTo(ClientId.wildcard());
	}

	/** A decimal fraction comes from ably-cocoa, and is seconds. */
	@ParameterizedTest
	@CsvSource({ "3600000,PT1H", "1,PT0.001S", "3600.000000,PT1H", "0.5,PT0.5S", "99999999999999999999,PT87600H",
			"315360000001,PT87600H", "9999999999999.999999,PT87600H" })
	void readWhenTtlIsTextThenMillisecondsAndWithAFractionSeconds(String ttl, Duration expected) {
		assertThat(this.reader.read(Map.of("ttl", ttl)).ttl()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "0,more than 0", "0.0,more than 0", "-1,a whole number", "1e3,a whole number", "'',a whole number",
			"1.,a whole number", "1h,a whole number", "999999999999999999999,a whole number" })
	void readWhenTtlIsNoTimeThenRefusedByName(String ttl, String message) {
		assertRefused("ttl", ttl, "ttl: must be " + message);
	}

	@Test
	void readWhenJsonHasAnotherTypeThenRefusedByName() {
		assertRefused("ttl", 0L, "ttl: must be more than 0.");
		assertRefused("ttl", true, "ttl: must be a whole number of milliseconds.");
		assertRefused("clientId", 5L, "clientId: must be text.");
		assertRefused("capability", Map.of(), "capability: must be text.");
	}

	@Test
	void readWhenAValueCannotBeThenRefusedWithoutRepeatingIt() {
		assertRefused("clientId", "a*b", "clientId: must not contain *");
		assertRefused("capability", "{\"a\":[\"publsh\"]}", "capability: ");
	}

	private void assertRefused(String name, Object value, String message) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> this.reader.read(Map.of(name, value)))
			.withMessageStartingWith(message)
			.withMessageNotContaining("publsh")
			.extracting(Refused::reason)
			.isEqualTo(Reason.INVALID_PARAMETER);
	}

}
