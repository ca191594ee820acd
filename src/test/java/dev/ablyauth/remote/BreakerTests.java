package dev.ablyauth.remote;

import java.time.Duration;
import java.time.Instant;

import dev.ablyauth.session.MutableClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTests {

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final Breaker breaker = new Breaker(() -> Duration.between(Instant.EPOCH, this.clock.instant()).toNanos());

	@Test
	void letsWhenNineteenFailuresThenYesAndWhenTwentyThenNo() {
		fail(19, Duration.ofMillis(100));
		assertThat(this.breaker.lets()).isTrue();
		this.breaker.failed();
		assertThat(this.breaker.lets()).isFalse();
	}

	@Test
	void letsWhenTwentyFailuresTakeLongerThanTenSecondsThenYes() {
		fail(200, Duration.ofMillis(530));
		assertThat(this.breaker.lets()).isTrue();
	}

	@Test
	void letsWhenTheSecondTwentyAreWithinTenSecondsThenNo() {
		fail(15, Duration.ofSeconds(5));
		fail(20, Duration.ofMillis(400));
		assertThat(this.breaker.lets()).isFalse();
	}

	/** One user whose session takes long at the service must not stop the others. */
	@Test
	void letsWhenMoreAnswersThanFailuresThenYes() {
		for (int i = 0; i < 500; i++) {
			this.breaker.failed();
			this.breaker.answered();
			this.breaker.answered();
		}
		assertThat(this.breaker.lets()).isTrue();
	}

	@Test
	void letsWhenAnswersWereLongAgoThenNo() {
		for (int i = 0; i < 1000; i++) {
			this.breaker.answered();
		}
		fail(20, Duration.ofMillis(1));
		assertThat(this.breaker.lets()).isFalse();
	}

	@Test
	void isFailingThenAsTheLastCall() {
		assertThat(this.breaker.isFailing()).isFalse();
		this.breaker.failed();
		assertThat(this.breaker.isFailing()).isTrue();
		assertThat(this.breaker.isOpen()).isFalse();
		this.breaker.answered();
		assertThat(this.breaker.isFailing()).isFalse();
	}

	@Test
	void letsWhenOpenThenOneTrialEachSecond() {
		fail(20, Duration.ZERO);
		this.clock.advance(Duration.ofMillis(999));
		assertThat(this.breaker.lets()).isFalse();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.breaker.lets()).isTrue();
		assertThat(this.breaker.lets()).isFalse();
		this.breaker.failed();
		this.clock.advance(Duration.ofMillis(999));
		assertThat(this.breaker.lets()).isFalse();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.breaker.lets()).isTrue();
	}

	@Test
	void letsWhenTheTrialWasAnsweredThenYesAndTwentyMoreMayFail() {
		fail(20, Duration.ZERO);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.breaker.lets()).isTrue();
		this.breaker.answered();
		fail(19, Duration.ZERO);
		assertThat(this.breaker.lets()).isTrue();
		this.breaker.failed();
		assertThat(this.breaker.lets()).isFalse();
	}

	private void fail(int times, Duration each) {
		for (int i = 0; i < times; i++) {
			assertThat(this.breaker.lets()).isTrue();
			this.breaker.failed();
			this.clock.advance(each);
		}
	}

}
