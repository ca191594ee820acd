package dev.ablyauth.web;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.coyote.Adapter;
import org.apache.coyote.Constants;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP as Tomcat speaks it, and a request must be read as a whole in ten seconds from its
 * first byte. Tomcat's own time-out begins anew with each byte, so that one who sends a
 * byte a second would keep a connection, and with a body a thread, as long as he likes.
 * While all threads are busy and requests wait for one, nobody holds one up for longer
 * than half a second with bytes that do not come or are not taken. Public because Tomcat
 * makes it by its name.
 */
public final class ReadDeadlineProtocol extends Http11NioProtocol {

	/** Tomcat makes this by its name, so none can come in. */
	private static final Clock WALL = Clock.systemUTC();

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final Duration SHORT_DEADLINE = Duration.ofMillis(500);

	private static final long LOOK_MILLIS = 100;

	private static final Logger LOGGER = LoggerFactory.getLogger(ReadDeadlineProtocol.class);

	private final Set<DeadlineProcessor> processors = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private volatile EndedConnections ended = new EndedConnections();

	private @Nullable ScheduledFuture<?> watch;

	/** Called by Tomcat. */
	public ReadDeadlineProtocol() {
		// With a large heap, Tomcat gives the buffers of a connection that was closed to
		// the next one while another thread may still write into them.
		getEndpoint().getSocketProperties().setBufferPool(0);
	}

	/** Has those counted that are ended for others. */
	void countsIn(EndedConnections counter) {
		this.ended = counter;
	}

	@Override
	protected Processor createProcessor() {
		DeadlineProcessor processor = new DeadlineProcessor(this, getAdapter());
		this.processors.add(processor);
		return processor;
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.watch = getUtilityExecutor().scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS,
				TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() throws Exception {
		if (this.watch != null) {
			this.watch.cancel(false);
		}
		super.stop();
	}

	/** A task that throws would be the last one. */
	private void look() {
		try {
			long now = System.nanoTime();
			this.ended.forRoom(CrowdedConnections.makeRoom(getEndpoint(), closeLate(now), now, WALL.millis()));
			this.ended.tell(now);
		}
		catch (RuntimeException | Error ex) {
			LOGGER.error("The connections could not be looked at", ex);
		}
	}

	/** Returns since when each of those that may stay reads a request. */
	private Map<SocketWrapperBase<?>, Long> closeLate(long now) {
		// A queue alone is no sign: each request is in it for a moment.
		boolean othersWait = getEndpoint().getExecutor() instanceof ThreadPoolExecutor threads
				&& threads.getActiveCount() >= threads.getMaximumPoolSize() && !threads.getQueue().isEmpty();
		Map<SocketWrapperBase<?>, Long> reading = new HashMap<>();
		synchronized (this.processors) {
			this.processors.forEach((processor) -> processor.look(now, othersWait, reading, this.ended));
		}
		return reading;
	}

	/**
	 * Reads the requests of one connection, one after the other, and later those of
	 * another.
	 */
	private static final class DeadlineProcessor extends Http11Processor {

		/** Of the thread that looks. */
		private Held held = Held.NO;

		/** Likewise: the last request that was ended for others. */
		private long endedForOthers = -1;

		DeadlineProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
			super(protocol, adapter);
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
		 * The thread that works for a connection has its lock and closes it by itself
		 * when nothing comes any more. Without one, nobody else may begin meanwhile.
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
			SocketChannel channel = (connection.getSocket() instanceof NioChannel socket) ? socket.getIOChannel()
					: null;
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
		 * Ended is the stage of one that waits for the rest of the headers; of one that
		 * was answered nothing is left, and not when it began.
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
