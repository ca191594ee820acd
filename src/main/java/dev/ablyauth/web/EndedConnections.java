package dev.ablyauth.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import dev.ablyauth.remote.Seldom;
import org.apache.catalina.connector.Connector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the connections that were ended for the sake of others, and says so in the log,
 * at most once a minute at all ports together.
 */
final class EndedConnections {

	private static final Logger LOGGER = LoggerFactory.getLogger(EndedConnections.class);

	private final AtomicLong forRoom = new AtomicLong();

	private final AtomicLong forThreads = new AtomicLong();

	private final Seldom lines = new Seldom(Duration.ofMinutes(1));

	private long toldForRoom;

	private long toldForThreads;

	/** Counts those of this connector. */
	void of(Connector connector) {
		if (connector.getProtocolHandler() instanceof ReadDeadlineProtocol protocol) {
			protocol.countsIn(this);
		}
	}

	/** Some made room, because almost as many were open as may be. */
	void forRoom(long more) {
		this.forRoom.addAndGet(more);
	}

	/** Some held up a thread while all were busy. */
	void forThreads(long more) {
		this.forThreads.addAndGet(more);
	}

	/** For the meter. */
	long forRoom() {
		return this.forRoom.get();
	}

	/** For the meter. */
	long forThreads() {
		return this.forThreads.get();
	}

	/**
	 * Says what was not said yet, if the last time is long enough ago.
	 * @param now by {@code System.nanoTime()}
	 */
	synchronized void tell(long now) {
		long room = forRoom();
		long threads = forThreads();
		if ((room == this.toldForRoom && threads == this.toldForThreads) || !this.lines.isTime(now)) {
			return;
		}
		LOGGER.warn(
				"Connections were ended for others: {} that waited longest while almost as many were open as may be,"
						+ " {} that held up a thread while all were busy",
				room - this.toldForRoom, threads - this.toldForThreads);
		this.toldForRoom = room;
		this.toldForThreads = threads;
	}

}
