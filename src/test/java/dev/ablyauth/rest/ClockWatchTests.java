package dev.ablyauth.rest;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import dev.ablyauth.TestServer;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.TestKeys;
import dev.ablyauth.issuing.LogLines;
import dev.ablyauth.standin.AblyStandIn;
import dev.ablyauth.standin.StandInSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClockWatchTests {

	private final AtomicLong nanos = new AtomicLong();

	private final Hurried background = new Hurried();

	private final LogLines log = new LogLines(ClockWatch.class);

	/** What Ably answers, one after the other; at the end the background stops. */
	private final Queue<Object> answers = new ArrayDeque<>();

	private final ClockWatch watch = new ClockWatch(this::answer, Duration.ofMinutes(5), this.nanos::get,
			this.background);

	private Duration answer() {
		Object next = this.answers.remove();
		if (next instanceof Duration offset) {
			return offset;
		}
		throw new Refused(Reason.UNAVAILABLE, String.valueOf(next));
	}

	@AfterEach
	void close() {
		this.log.close();
		this.watch.close();
	}

	private void ask(Object... answers) throws InterruptedException {
		this.answers.addAll(List.of(answers));
		this.background.left = new CountDownLatch(answers.length);
		this.background.calls = answers.length;
		this.watch.start();
		assertThat(this.background.left.await(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aheadBeforeTheFirstAnswerThenNothing() {
		assertThat(this.watch.ahead()).isZero();
	}

	@Test
	void aheadThenAsMeasuredLastAndForAnHour() throws InterruptedException {
		ask(Duration.ofSeconds(-3), "away", Duration.ofSeconds(2), "away");
		assertThat(this.watch.ahead()).isEqualTo(Duration.ofSeconds(2));
		this.nanos.addAndGet(ClockWatch.OLDEST.toNanos() - 1);
		assertThat(this.watch.ahead()).isEqualTo(Duration.ofSeconds(2));
		this.nanos.addAndGet(1);
		assertThat(this.watch.ahead()).isZero();
		assertThat(this.background.delays).containsExactly(300_000L, 60_000L, 300_000L, 60_000L);
	}

	@ParameterizedTest
	@CsvSource({ "60000,60000", "-60000,-60000", "60001,0", "-60001,0", "3600000,0" })
	void aheadWhenMoreThanAMinuteThenNotUsed(long millis, long used) throws InterruptedException {
		ask(Duration.ofMillis(millis));
		assertThat(this.watch.ahead()).isEqualTo(Duration.ofMillis(used));
	}

	@Test
	void startWhenAblyIsAwayOrFarThenOneLineUntilItChanges() throws InterruptedException {
		ask("away", "away", Duration.ofSeconds(61), Duration.ofSeconds(62), Duration.ZERO, Duration.ZERO);
		assertThat(this.log.of(Level.WARN)).hasSize(2)
			.satisfiesExactly((line) -> assertThat(line).isEqualTo("Ably's time cannot be learnt: away"),
					(line) -> assertThat(line).startsWith("Ably's clock is more than 60 s"));
		assertThat(this.log.of(Level.INFO)).containsExactly("Ably's time is known again");
	}

	@Test
	void startThenTheServerKnowsAblysTimeUnlessItsOwnClockCounts() throws InterruptedException {
		Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20));
		try (AblyStandIn ably = AblyStandIn.start(TestKeys.KEY_NAME, TestKeys.KEY_SECRET, "{\"*\":[\"*\"]}",
				StandInSettings.notRevocable().on(ahead))) {
			String url = "ably-auth.ably.rest-url=http://127.0.0.1:" + ably.port();
			try (TestServer server = TestServer.start(url, "ably-auth.ably.clock=ably")) {
				ClockWatch watch = server.bean(ClockWatch.class);
				for (int i = 0; i < 100 && watch.ahead().isZero(); i++) {
					Thread.sleep(100);
				}
				assertThat(watch.ahead()).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(22));
			}
			try (TestServer server = TestServer.start(url)) {
				Thread.sleep(500);
				assertThat(server.bean(ClockWatch.class).ahead()).isZero();
			}
		}
	}

	/** Does at once what was to be done later, a few times. */
	private static final class Hurried extends ScheduledThreadPoolExecutor {

		private final List<Long> delays = new CopyOnWriteArrayList<>();

		private volatile CountDownLatch left = new CountDownLatch(0);

		private volatile int calls;

		Hurried() {
			super(1);
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
			if (delay > 0) {
				this.delays.add(unit.toMillis(delay));
				this.left.countDown();
			}
			long hurried = (this.delays.size() < this.calls || delay == 0) ? 0 : 1_000_000;
			return super.schedule(task, hurried, TimeUnit.MILLISECONDS);
		}

	}

}
