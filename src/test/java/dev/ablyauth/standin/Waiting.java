package dev.ablyauth.standin;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits on a monitor that the caller holds, and never without an end.
 */
final class Waiting {

	private Waiting() {
	}

	/** Waits until the condition holds, or fails with the message after that time. */
	static void until(Object monitor, Duration longest, BooleanSupplier condition, Supplier<String> message) {
		long deadline = System.nanoTime() + longest.toNanos();
		try {
			synchronized (monitor) {
				while (!condition.getAsBoolean()) {
					long left = (deadline - System.nanoTime()) / 1_000_000;
					if (left <= 0) {
						throw new AssertionError(message.get());
					}
					monitor.wait(left);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
