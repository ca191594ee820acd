package dev.ablyauth.issuing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyDiscoveryTests {

	private static final Capability ALL = Capability.everything();

	private static final Capability NARROW = TestRequests.capability("{\"talk:a\":[\"subscribe\"]}");

	private final Hurried background = new Hurried();

	private final KeyCapability capability = new KeyCapability(TestRequests.capability("{\"talk:*\":[\"*\"]}"));

	private final LogLines log = new LogLines(KeyDiscovery.class);

	/** What Ably answers, one after the other; at the end the background stops. */
	private final Queue<Object> answers = new ArrayDeque<>();

	@AfterEach
	void close() {
		this.log.close();
		this.background.shutdownNow();
	}

	@Test
	void startWhenAblyAnswersThenAgainEachHour() throws Exception {
		discover(NARROW, NARROW, NARROW);
		assertThat(this.background.delays).containsExactly("60 MINUTES", "60 MINUTES", "60 MINUTES");
		assertThat(this.capability.capability()).isEqualTo(NARROW);
	}

	@Test
	void startWhenAblyIsAwayThenEachMinuteUntilTheFirstAnswerAndAWarningEachTime() throws Exception {
		discover("away", "away", NARROW, "away", NARROW);
		assertThat(this.background.delays).containsExactly("1 MINUTES", "1 MINUTES", "60 MINUTES", "60 MINUTES",
				"60 MINUTES");
		assertThat(this.log.of(Level.WARN)).hasSize(3)
			.allSatisfy((line) -> assertThat(line)
				.isEqualTo("What the key app.key may do cannot be learnt from Ably: away"));
		assertThat(this.capability.capability()).isEqualTo(NARROW);
	}

	/** One that threw what it throws would be the last one. */
	@Test
	void startWhenAskingFailsInAnyWayThenAskedAgain() throws Exception {
		discover(new StackOverflowError("on purpose"), new AssertionError("on purpose"), NARROW, NARROW);
		assertThat(this.capability.capability()).isEqualTo(NARROW);
	}

	@Test
	void startWhenTheAnswerChangesThenALineAndNoneOtherwise() throws Exception {
		discover(ALL, ALL, NARROW, NARROW, ALL);
		assertThat(this.log.of(Level.INFO)).containsExactly("Ably says that the key app.key may do {\"[*]*\":[\"*\"]}",
				"Ably says that the key app.key may do {\"talk:a\":[\"subscribe\"]}",
				"Ably says that the key app.key may do {\"[*]*\":[\"*\"]}");
		assertThat(this.log.of(Level.ERROR)).isEmpty();
		assertThat(this.capability.capability()).isEqualTo(TestRequests.capability("{\"talk:*\":[\"*\"]}"));
	}

	@Test
	void startWhenNothingIsLeftThenAnError() throws Exception {
		discover(TestRequests.capability("{\"other\":[\"*\"]}"));
		assertThat(this.log.of(Level.ERROR)).singleElement().asString().contains("no token is issued");
		TestRequests.assertRefused(this.capability::capability, Reason.KEY_ALLOWS_NOTHING, "its settings name");
	}

	@Test
	void stopThenAsksNoMore() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		List<KeyDiscovery> self = new CopyOnWriteArrayList<>();
		KeyDiscovery discovery = new KeyDiscovery(new KeyName("app.key"), () -> {
			asked.incrementAndGet();
			self.forEach(KeyDiscovery::stop);
			return ALL;
		}, this.capability, this.background);
		self.add(discovery);
		discovery.start();
		assertThat(discovery.await(Duration.ofSeconds(10))).isTrue();
		discovery.start();
		this.background.shutdown();
		assertThat(this.background.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(asked).hasValue(1);
	}

	@Test
	void stopWhileTheNextCallIsAnHourAwayThenNothingHoldsTheKey() throws Exception {
		ScheduledThreadPoolExecutor real = new IssuingConfiguration().background();
		try {
			KeyDiscovery discovery = new KeyDiscovery(new KeyName("app.key"), () -> ALL, this.capability, real);
			discovery.start();
			assertThat(discovery.await(Duration.ofSeconds(10))).isTrue();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
			while (real.getQueue().isEmpty() && System.nanoTime() < end) {
				Thread.sleep(5);
			}
			assertThat(real.getQueue()).hasSize(1);
			discovery.stop();
			assertThat(real.getQueue()).isEmpty();
		}
		finally {
			real.shutdownNow();
		}
	}

	@Test
	void shutdownWhileAskingThenSilence() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		new KeyDiscovery(new KeyName("app.key"), () -> {
			asked.countDown();
			try {
				Thread.sleep(60_000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new Refused(Reason.UNAVAILABLE, "interrupted");
		}, this.capability, this.background).start();
		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
		this.background.shutdownNow();
		assertThat(this.background.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.log.of(Level.WARN)).isEmpty();
		assertThat(this.background.delays).isEmpty();
	}

	/** Runs until all answers are used up. */
	private void discover(Object... inThisOrder) throws InterruptedException {
		this.answers.addAll(List.of(inThisOrder));
		new KeyDiscovery(new KeyName("app.key"), this::answer, this.capability, this.background).start();
		assertThat(this.background.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
	}

	private Capability answer() {
		Object next = this.answers.remove();
		if (this.answers.isEmpty()) {
			this.background.last();
		}
		if (next instanceof Capability known) {
			return known;
		}
		if (next instanceof Error error) {
			throw error;
		}
		throw new Refused(Reason.UNAVAILABLE, next.toString());
	}

	/**
	 * Runs at once what is to be run later, and remembers how much later; stops by
	 * itself.
	 */
	private static final class Hurried extends ScheduledThreadPoolExecutor {

		private final List<String> delays = new CopyOnWriteArrayList<>();

		private volatile boolean isLast;

		private Hurried() {
			super(1);
		}

		private void last() {
			this.isLast = true;
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
			if (unit == TimeUnit.NANOSECONDS || delay == 0) {
				return super.schedule(task, delay, unit);
			}
			this.delays.add(delay + " " + unit);
			ScheduledFuture<?> next = super.schedule(this.isLast ? this::shutdown : task, 0, TimeUnit.NANOSECONDS);
			return next;
		}

	}

}
