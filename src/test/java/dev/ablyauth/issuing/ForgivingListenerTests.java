package dev.ablyauth.issuing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForgivingListenerTests {

	private final LogLines log = new LogLines(ForgivingListener.class);

	private final AtomicLong nanos = new AtomicLong();

	private final Throwing throwing = new Throwing();

	private final ForgivingListener listener = new ForgivingListener(this.throwing, this.nanos::get);

	@AfterEach
	void close() {
		this.log.close();
	}

	/** Also where it is no exception. */
	@Test
	void toldWhenItThrowsThenToldAgainAndOneLineAMinute() {
		for (int i = 0; i < 60; i++) {
			this.listener.refused(new Refused(Reason.DENIED, "no"), null);
			this.listener.limited("user");
			this.listener.answered(200, Duration.ofMillis(1));
			this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
		}
		assertThat(this.throwing.told).hasValue(180);
		assertThat(this.log.of(Level.ERROR)).containsExactly("Decisions are not counted, and hold all the same");
		this.listener.limited("user");
		assertThat(this.log.of(Level.ERROR)).hasSize(2);
	}

	/** As a registry that is closed, full, or has a filter that does not know a name. */
	private static final class Throwing implements DecisionListener {

		private final AtomicInteger told = new AtomicInteger();

		@Override
		public void refused(Refused refused, @Nullable String session) {
			this.told.incrementAndGet();
			throw new IllegalStateException("on purpose");
		}

		@Override
		public void limited(String limit) {
			this.told.incrementAndGet();
			throw new StackOverflowError();
		}

		@Override
		public void answered(int status, Duration time) {
			this.told.incrementAndGet();
			throw new IllegalArgumentException("on purpose");
		}

	}

}
