package dev.ablyauth.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineProcessorTests {

	private Thread thread = new Thread();

	@AfterEach
	void stop() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join();
	}

	@Test
	void isWaitingWhenAnAnswerDoesNotComeThenYes() throws InterruptedException {
		start(() -> new CompletableFuture<>().get());
		until((each) -> each.getState() == Thread.State.WAITING);
		assertThat(DeadlineProcessor.isWaiting(this.thread)).isTrue();
	}

	@Test
	void isWaitingWhenTheClientTakesNothingThenYes() throws InterruptedException {
		Object bytes = new Object();
		start(() -> {
			synchronized (bytes) {
				while (true) {
					bytes.wait(60_000);
				}
			}
		});
		until((each) -> each.getState() == Thread.State.TIMED_WAITING);
		assertThat(DeadlineProcessor.isWaiting(this.thread)).isTrue();
	}

	/** As for standard output, for which all wait who are at work. */
	@Test
	void isWaitingWhenAnotherOneHasTheLockThenNot() throws InterruptedException {
		ReentrantLock lock = new ReentrantLock();
		lock.lock();
		try {
			start(lock::lockInterruptibly);
			until((each) -> each.getState() == Thread.State.WAITING);
			assertThat(DeadlineProcessor.isWaiting(this.thread)).isFalse();
		}
		finally {
			lock.unlock();
		}
	}

	@Test
	void isWaitingWhenItWorksThenNot() throws InterruptedException {
		start(() -> {
			while (!Thread.currentThread().isInterrupted()) {
				Thread.onSpinWait();
			}
		});
		until((each) -> each.getState() == Thread.State.RUNNABLE);
		assertThat(DeadlineProcessor.isWaiting(this.thread)).isFalse();
	}

	private void start(Task task) {
		this.thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (Exception ex) {
				Thread.currentThread().interrupt();
			}
		});
		this.thread.start();
	}

	private void until(Predicate<Thread> condition) throws InterruptedException {
		long latest = System.nanoTime() + Duration.ofSeconds(10).toNanos();
		while (!condition.test(this.thread)) {
			assertThat(System.nanoTime()).isLessThan(latest);
			Thread.sleep(5);
		}
	}

	/** Ends when it is interrupted. */
	@FunctionalInterface
	private interface Task {

		void run() throws Exception;

	}

}
