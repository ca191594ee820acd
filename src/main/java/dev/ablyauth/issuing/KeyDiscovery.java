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

	private volatile boolean stopped;

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

	void start() {
		this.background.execute(this::discover);
	}

	/** Asks no more. */
	void stop() {
		this.stopped = true;
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
		if (this.stopped) {
			return;
		}
		try {
			take(this.ably.get());
		}
		catch (RuntimeException | Error ex) {
			if (this.background.isShutdown() || this.stopped) {
				return;
			}
			LOGGER.warn("What the key {} may do cannot be learnt from Ably: {}", this.key, ex.getMessage());
		}
		int minutes = (this.lastAnswer != null) ? MINUTES_AFTERWARDS : MINUTES_UNTIL_FIRST_ANSWER;
		Future<?> unused = this.background.schedule(this::discover, minutes, TimeUnit.MINUTES);
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
