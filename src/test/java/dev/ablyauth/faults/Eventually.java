package dev.ablyauth.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for what another process does.
 */
final class Eventually {

	private Eventually() {
	}

	/**
	 * Waits until something is so.
	 * @return how long it took
	 */
	static Duration is(Duration longest, BooleanSupplier condition, Supplier<String> otherwise) {
		long begun = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - begun > longest.toNanos()) {
				throw new AssertionError("Not within " + longest + ": " + otherwise.get());
			}
			pause(20);
		}
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
