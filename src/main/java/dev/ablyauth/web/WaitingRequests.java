package dev.ablyauth.web;

import java.time.Duration;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * How many requests Tomcat has read and not begun with, because all its threads are busy.
 * When the server stops, they get their answers first: Tomcat would close the connections
 * of all that have not begun.
 */
final class WaitingRequests implements SmartLifecycle {

	/** Of those who come all the time, some are always waiting. */
	private static final Duration LONGEST = Duration.ofSeconds(3);

	private static final long LOOK_MILLIS = 20;

	private volatile @Nullable ProtocolHandler handler;

	private volatile boolean isRunning;

	/** Counts those of this connector. Its threads are there when it has started. */
	void of(Connector connector) {
		this.handler = connector.getProtocolHandler();
	}

	/** Returns 0 where nothing waits, or threads are made for each request. */
	int count() {
		ProtocolHandler current = this.handler;
		return (current != null && current.getExecutor() instanceof ThreadPoolExecutor threads)
				? threads.getQueue().size() : 0;
	}

	@Override
	public void start() {
		this.isRunning = true;
	}

	/** Before the connector, which is of an earlier phase. */
	@Override
	public void stop() {
		this.isRunning = false;
		long latest = System.nanoTime() + LONGEST.toNanos();
		try {
			while (count() > 0 && System.nanoTime() < latest) {
				Thread.sleep(LOOK_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.isRunning;
	}

}
