package dev.ablyauth.ops.meters;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.ablyauth.issuing.LiveKeys;
import dev.ablyauth.issuing.TestLiveKeys;
import dev.ablyauth.session.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a key can go, as a figure.
 */
class KeyMetersTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	/** More than a token lives. */
	private static final Duration LONG = Duration.ofHours(25);

	private final MutableClock clock = new MutableClock(NOW);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@TempDir
	private Path folder;

	private Path previous;

	private LiveKeys keys;

	@BeforeEach
	void start() {
		Path current = TestLiveKeys.write(this.folder.resolve("current"), TestLiveKeys.key("kb"));
		this.previous = TestLiveKeys.write(this.folder.resolve("previous"), TestLiveKeys.key("ka"));
		this.keys = TestLiveKeys.of(this.clock, TestLiveKeys.in(current),
				TestLiveKeys.in(this.previous, NOW.plus(LONG).plus(LONG)));
		new KeyMeters(this.keys, this.clock).bindTo(this.meters);
	}

	@Test
	void safeToRetireWhenAKeyDrainsThenNotAlsoWithoutATokenAndSafeAfterTheDrain() {
		assertThat(safe("I2E_JQ.ka")).isZero();
		this.clock.advance(LONG);
		assertThat(ends("I2E_JQ.ka")).isZero();
		assertThat(safe("I2E_JQ.ka")).isZero();
		this.clock.advance(LONG);
		assertThat(safe("I2E_JQ.ka")).isEqualTo(1);
		assertThat(safe("I2E_JQ.kb")).isZero();
	}

	@Test
	void safeToRetireWhenAKeyIsInNoFileThenWhenItsTokensHaveEndedAndForGood() {
		TestLiveKeys.replace(this.previous, TestLiveKeys.key("kb"));
		TestLiveKeys.lookTwice(this.keys);
		assertThat(safe("I2E_JQ.ka")).isZero();
		this.clock.advance(LONG);
		assertThat(this.keys.states(this.clock.instant())).hasSize(1);
		assertThat(safe("I2E_JQ.ka")).isEqualTo(1);
		assertThat(role("I2E_JQ.ka", "former")).isZero();
		assertThat(role("I2E_JQ.kb", "signs")).isEqualTo(1);
	}

	private double safe(String key) {
		return this.meters.get("ably.key.safe.to.retire").tag("key", key).gauge().value();
	}

	private double ends(String key) {
		return this.meters.get("ably.key.tokens.end").tag("key", key).gauge().value();
	}

	private double role(String key, String role) {
		return this.meters.get("key.role").tags("key", key, "role", role).gauge().value();
	}

}
