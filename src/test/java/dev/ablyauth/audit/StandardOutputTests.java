package dev.ablyauth.audit;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Standard output that fails for a while.
 */
class StandardOutputTests {

	private final PrintStream before = System.out;

	private final FailingStream stream = new FailingStream();

	private final AtomicInteger begun = new AtomicInteger();

	private final StandardOutput output = new StandardOutput(() -> {
		this.begun.incrementAndGet();
		return this.stream;
	});

	@BeforeEach
	void replace() {
		System.setOut(new PrintStream(this.stream));
	}

	@AfterEach
	void restore() {
		System.setOut(this.before);
	}

	@Test
	void takesWhenAllIsWellThenNothingIsReplaced() {
		PrintStream now = System.out;
		assertThat(this.output.takes(() -> System.out.print("one\n"))).isTrue();
		assertThat(System.out).isSameAs(now);
		assertThat(this.stream.text()).isEqualTo("one\n");
	}

	@Test
	void takesWhenItFailedThenTheNextLineIsTaken() {
		this.stream.fail(true);
		assertThat(this.output.takes(() -> System.out.print("one\n"))).isFalse();
		assertThat(this.output.takes(() -> System.out.print("two\n"))).isFalse();
		this.stream.fail(false);
		assertThat(this.output.takes(() -> System.out.print("three\n"))).isTrue();
		assertThat(this.output.takes(() -> System.out.print("four\n"))).isTrue();
		assertThat(this.stream.text()).isEqualTo("\nthree\nfour\n");
		assertThat(this.begun).hasValue(2);
	}

	/**
	 * The line of one thread fails, and another thread begins anew before it has asked.
	 */
	@Test
	void takesWhenAnotherBeganAnewThenNotTakenForTheOneWhoseLineFailed() throws InterruptedException {
		this.stream.fail(true);
		CountDownLatch written = new CountDownLatch(1);
		CountDownLatch replaced = new CountDownLatch(1);
		AtomicReference<Boolean> slow = new AtomicReference<>();
		Thread thread = new Thread(() -> slow.set(this.output.takes(() -> {
			System.out.print("slow\n");
			written.countDown();
			await(replaced);
		})));
		thread.start();
		await(written);
		assertThat(this.output.takes(() -> System.out.print("fast\n"))).isFalse();
		this.stream.fail(false);
		replaced.countDown();
		thread.join(10_000);
		assertThat(slow).hasValue(false);
		assertThat(this.begun).hasValue(1);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
