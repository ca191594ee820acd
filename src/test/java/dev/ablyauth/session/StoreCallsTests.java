package dev.ablyauth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Many callers and a store that takes its time.
 */
class StoreCallsTests {

	private final Slow store = new Slow();

	private final StoreCalls<StoredSession> calls = new StoreCalls<>(this.store::find, Ticker.systemTicker());

	private final ExecutorService callers = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.store.open.countDown();
		this.calls.close();
		this.callers.shutdownNow();
	}

	@Test
	void findWhenManyAskForOneSessionThenTheStoreIsAskedOnce() throws Exception {
		List<Future<Optional<StoredSession>>> answers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			answers.add(this.callers.submit(() -> this.calls.find("a")));
		}
		Thread.sleep(200);
		this.store.open.countDown();
		for (Future<Optional<StoredSession>> answer : answers) {
			assertThat(answer.get()).map(StoredSession::end).contains(Instant.EPOCH);
		}
		assertThat(this.store.asked.get("a")).hasValue(1);
		this.calls.find("a");
		assertThat(this.store.asked.get("a")).hasValue(2);
	}

	@Test
	void findWhenTheStoreHangsThenAllEndSoonAndOnlySomeThreadsWait() throws Exception {
		long start = System.nanoTime();
		List<Future<?>> answers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			String id = "session-" + i;
			answers.add(this.callers.submit(() -> assertThatExceptionOfType(SessionStoreException.class)
				.isThrownBy(() -> this.calls.find(id))));
		}
		for (Future<?> answer : answers) {
			answer.get();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
		assertThat(this.store.asked).hasSize(32);
		this.store.open.countDown();
		assertThat(this.calls.find("b")).isPresent();
	}

	@Test
	void findWhenTheStoreIsWellThenNobodyOfManyIsRefused() throws Exception {
		this.store.open.countDown();
		List<Future<?>> answers = new ArrayList<>();
		for (int caller = 0; caller < 200; caller++) {
			String name = "caller-" + caller + "-";
			answers.add(this.callers.submit(() -> {
				for (int i = 0; i < 100; i++) {
					assertThat(this.calls.find(name + i)).isPresent();
				}
				return null;
			}));
		}
		for (Future<?> answer : answers) {
			answer.get();
		}
		assertThat(this.store.asked).hasSize(20_000);
	}

	/** Else the threads of the server wait for it, and with them everybody else. */
	@Test
	void findWhenTheStoreHangsThenThoseWhoComeLaterDoNotWait() throws Exception {
		for (int i = 0; i < 32; i++) {
			String id = "session-" + i;
			Future<?> unused = this.callers.submit(() -> this.calls.find(id));
		}
		Thread.sleep(400);
		long start = System.nanoTime();
		for (int i = 0; i < 500; i++) {
			assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> this.calls.find("later"));
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(300));
	}

	@Test
	void findWhenTheStoreIsAwayThenNotAskedMoreThanOnceASecond() throws Exception {
		AtomicLong nanos = new AtomicLong();
		AtomicInteger asked = new AtomicInteger();
		try (StoreCalls<StoredSession> away = new StoreCalls<>((id) -> {
			asked.incrementAndGet();
			throw SessionStoreException.away("cannot be reached");
		}, nanos::get)) {
			for (int i = 0; i < 200; i++) {
				assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> away.find("a"));
			}
			assertThat(asked.get()).isBetween(20, 25);
			int before = asked.get();
			nanos.addAndGet(Duration.ofSeconds(1).toNanos());
			for (int i = 0; i < 200; i++) {
				assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> away.find("a"));
			}
			assertThat(asked).hasValue(before + 1);
		}
	}

	/** What it says of one session says nothing of the store. */
	@Test
	void findWhenSessionsCannotBeReadThenTheStoreIsStillAsked() throws Exception {
		try (StoreCalls<StoredSession> odd = new StoreCalls<>((id) -> {
			throw SessionStoreException.ofClass("com.example.Cart");
		}, Ticker.systemTicker())) {
			for (int i = 0; i < 100; i++) {
				assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> odd.find("a"))
					.withMessageContaining("com.example.Cart");
			}
		}
	}

	/** Health tells of it, whether it is about one session or about all. */
	@Test
	void lastFaultThenOfTheLastCall() throws Exception {
		this.store.open.countDown();
		assertThat(this.calls.lastFault()).isEmpty();
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> this.calls.find("broken"));
		assertThat(this.calls.lastFault()).isEqualTo("failed with java.lang.IllegalStateException");
		this.calls.find("a");
		assertThat(this.calls.lastFault()).isEmpty();
	}

	/** What was said before is of a moment ago. */
	@Test
	void findWhenAskedAgainAtOnceThenTheStoreIsAskedAgain() throws Exception {
		AtomicInteger asked = new AtomicInteger();
		try (StoreCalls<Integer> counting = new StoreCalls<>((id) -> Optional.of(asked.incrementAndGet()),
				Ticker.systemTicker())) {
			for (int i = 1; i <= 20_000; i++) {
				assertThat(counting.find("a")).contains(i);
			}
		}
	}

	/** Whatever a library throws. */
	@Test
	void findWhenTheStoreFailsThenSaidWithoutItsMessage() {
		this.store.open.countDown();
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> this.calls.find("broken"))
			.withMessage("failed with java.lang.IllegalStateException");
		assertThatExceptionOfType(SessionStoreException.class).isThrownBy(() -> this.calls.find("overflow"))
			.withMessage("failed with java.lang.StackOverflowError");
	}

	/** Answers when it is opened. */
	private static final class Slow implements SessionStore {

		private final CountDownLatch open = new CountDownLatch(1);

		private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

		@Override
		public Optional<StoredSession> find(String id) {
			this.asked.computeIfAbsent(id, (name) -> new AtomicInteger()).incrementAndGet();
			try {
				this.open.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (id.equals("broken")) {
				throw new IllegalStateException("canary");
			}
			if (id.equals("overflow")) {
				throw new StackOverflowError();
			}
			return Optional.of(new StoredSession(Instant.EPOCH, null));
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
