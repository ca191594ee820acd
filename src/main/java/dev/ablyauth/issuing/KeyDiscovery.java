package dev.ablyauth.issuing;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.ably.KeyName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Ably what a key may do: at once, each minute until the first answer, and then each
 * hour. The server does not wait for it.
 */
final class KeyDiscovery {

	private static final int MINUTES_UNTIL_FIRST_ANSWER = 1;

	private static final int MINUTES_AFTERWARDS = 60;

	private static final Logger LOGGER = LoggerFactory.getLogger(KeyDiscovery.class);

	private final KeyName key;

	private final Supplier<Capability> ably;

	private final KeyCapability capability;

	private final ScheduledExecutorService background;

	private final CountDownLatch answered = new CountDownLatch(1);

	private @Nullable Capability lastAnswer;

	private boolean stopped;

	/** Holds the key with its secret. */
	private @Nullable Future<?> next;

	/**
	 * Creates a discovery, which does nothing yet.
	 * @param key for the log
	 * @param ably asks Ably
	 * @param capability takes the answer
	 * @param background runs one task at a time
	 */
	KeyDiscovery(KeyName key, Supplier<Capability> ably, KeyCapability capability,
			ScheduledExecutorService background) {
		this.key = key;
		this.ably = ably;
		this.capability = capability;
		this.background = background;
	}

	synchronized void start() {
		if (!this.stopped) {
			this.next = this.background.submit(this::discover);
		}
	}

	/** Asks no more. A call that runs may end, because the thread has other work too. */
	synchronized void stop() {
		this.stopped = true;
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

	private synchronized boolean isStopped() {
		return this.stopped;
	}

	private synchronized void again(int minutes) {
		if (!this.stopped) {
			this.next = this.background.schedule(this::discover, minutes, TimeUnit.MINUTES);
		}
	}

	/**
	 * Waits for the first answer.
	 * @return whether Ably has answered
	 */
	boolean await(Duration longest) {
		try {
			return this.answered.await(longest.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void discover() {
		if (isStopped()) {
			return;
		}
		try {
			take(this.ably.get());
		}
		catch (RuntimeException | Error ex) {
			if (this.background.isShutdown() || isStopped()) {
				return;
			}
			LOGGER.warn("What the key {} may do cannot be learnt from Ably: {}", this.key, ex.getMessage());
		}
		again((this.lastAnswer != null) ? MINUTES_AFTERWARDS : MINUTES_UNTIL_FIRST_ANSWER);
	}

	private void take(Capability answer) {
		boolean left = this.capability.narrow(answer);
		if (!Objects.equals(answer, this.lastAnswer)) {
			LOGGER.info("Ably says that the key {} may do {}", this.key, answer);
			if (!left) {
				LOGGER.error(
						"That is nothing of what the settings name as capability of the key {}: no token is issued",
						this.key);
			}
		}
		this.lastAnswer = answer;
		this.answered.countDown();
	}

}
