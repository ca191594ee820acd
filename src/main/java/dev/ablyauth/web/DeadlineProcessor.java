package dev.ablyauth.web;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the requests of one connection, one after the other, and later those of another.
 * A thread that looks at it ends what takes too long.
 */
final class DeadlineProcessor extends Http11Processor {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final Duration SHORT_DEADLINE = Duration.ofMillis(500);

	private static final Logger LOGGER = LoggerFactory.getLogger(DeadlineProcessor.class);

	/** Reads and answers at the moment. */
	private volatile @Nullable Thread worker;

	/** Of the thread that looks. */
	private Held held = Held.NO;

	/** Likewise: the last request that was ended for others. */
	private long endedForOthers = -1;

	DeadlineProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
		super(protocol, adapter);
	}

	@Override
	public SocketState service(SocketWrapperBase<?> connection) throws IOException {
		this.worker = Thread.currentThread();
		try {
			return super.service(connection);
		}
		finally {
			this.worker = null;
		}
	}

	/** Whether its thread waits for somebody outside. */
	boolean isWaiting() {
		Thread thread = this.worker;
		return thread != null && isWaiting(thread);
	}

	/** Whoever waits for a lock waits for another one that works. */
	static boolean isWaiting(Thread thread) {
		return switch (thread.getState()) {
			case WAITING, TIMED_WAITING -> !(LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer);
			default -> false;
		};
	}

	/** By another thread than the one that reads, which then fails to read on. */
	void look(long now, boolean othersWait, Map<SocketWrapperBase<?>, Long> reading, EndedConnections ended) {
		SocketWrapperBase<?> connection = getSocketWrapper();
		long begun = getRequest().getStartTimeNanos();
		if (connection == null || begun < 0) {
			this.held = Held.NO;
			return;
		}
		this.held = isHoldingUpAThread(connection) ? this.held.of(begun, now) : Held.NO;
		boolean isReading = isReading();
		boolean isLate = isReading && now - begun > DEADLINE.toNanos();
		if (isLate || (othersWait && this.held.longerThan(SHORT_DEADLINE, now))) {
			if (!isLate && begun != this.endedForOthers) {
				ended.forThreads(1);
			}
			this.endedForOthers = begun;
			end(connection, begun);
		}
		else if (isReading) {
			reading.put(connection, begun);
		}
	}

	/**
	 * The thread that works for a connection has its lock and closes it by itself when
	 * nothing comes any more. Without one, nobody else may begin meanwhile.
	 */
	private void end(SocketWrapperBase<?> connection, long begun) {
		if (!connection.getLock().tryLock()) {
			hangUp(connection);
			return;
		}
		try {
			if (getSocketWrapper() == connection && getRequest().getStartTimeNanos() == begun) {
				connection.close();
			}
		}
		finally {
			connection.getLock().unlock();
		}
	}

	private static void hangUp(SocketWrapperBase<?> connection) {
		SocketChannel channel = (connection.getSocket() instanceof NioChannel socket) ? socket.getIOChannel() : null;
		if (channel != null) {
			try {
				channel.shutdownInput();
				channel.shutdownOutput();
			}
			catch (IOException ex) {
				LOGGER.debug("A connection has ended by itself", ex);
			}
		}
	}

	/**
	 * Ended is the stage of one that waits for the rest of the headers; of one that was
	 * answered nothing is left, and not when it began.
	 */
	private boolean isReading() {
		return switch (getRequest().getRequestProcessor().getStage()) {
			case Constants.STAGE_PARSE, Constants.STAGE_PREPARE, Constants.STAGE_ENDINPUT, Constants.STAGE_ENDED ->
				true;
			case Constants.STAGE_SERVICE -> !getRequest().isFinished();
			default -> false;
		};
	}

	/** Only what waits for its client is asked for by the poller. */
	private boolean isHoldingUpAThread(SocketWrapperBase<?> connection) {
		int stage = getRequest().getRequestProcessor().getStage();
		return stage >= Constants.STAGE_SERVICE && stage <= Constants.STAGE_ENDOUTPUT
				&& connection instanceof NioEndpoint.NioSocketWrapper channel && channel.interestOps() != 0;
	}

	/**
	 * Whether a request was found to hold up a thread at all looks since.
	 *
	 * @param request when it began
	 * @param since when that was seen first
	 */
	private record Held(long request, long since) {

		static final Held NO = new Held(-1, 0);

		Held of(long begun, long now) {
			return (this.request == begun) ? this : new Held(begun, now);
		}

		boolean longerThan(Duration time, long now) {
			return !equals(NO) && now - this.since > time.toNanos();
		}

	}

}
