package dev.ablyauth.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
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

	private static final long LOOK_MILLIS = 100;

	private static final long LOOK_AT_THREADS_MILLIS = 20;

	private static final Logger LOGGER = LoggerFactory.getLogger(ReadDeadlineProtocol.class);

	private final Set<DeadlineProcessor> processors = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private volatile EndedConnections ended = new EndedConnections();

	private final List<ScheduledFuture<?>> watches = new ArrayList<>();

	private volatile @Nullable RequestThreads threads;

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
		this.threads = RequestThreads.of(getEndpoint().getExecutor(), Runtime.getRuntime().availableProcessors());
		watch(this::look, LOOK_MILLIS);
		watch(this::lookAtThreads, LOOK_AT_THREADS_MILLIS);
	}

	@Override
	public void stop() throws Exception {
		this.watches.forEach((watch) -> watch.cancel(false));
		this.watches.clear();
		super.stop();
	}

	/** A task that throws would be the last one. */
	private void watch(Runnable look, long millis) {
		this.watches.add(getUtilityExecutor().scheduleWithFixedDelay(() -> {
			try {
				look.run();
			}
			catch (RuntimeException | Error ex) {
				LOGGER.error("The connections could not be looked at", ex);
			}
		}, millis, millis, TimeUnit.MILLISECONDS));
	}

	private void look() {
		long now = System.nanoTime();
		this.ended.forRoom(CrowdedConnections.makeRoom(getEndpoint(), closeLate(now), now, WALL.millis()));
		this.ended.tell(now);
	}

	private void lookAtThreads() {
		RequestThreads current = this.threads;
		if (current != null) {
			current.look(threadsThatWait());
		}
	}

	private int threadsThatWait() {
		synchronized (this.processors) {
			return (int) this.processors.stream().filter(DeadlineProcessor::isWaiting).count();
		}
	}

	/** Returns since when each of those that may stay reads a request. */
	private Map<SocketWrapperBase<?>, Long> closeLate(long now) {
		RequestThreads current = this.threads;
		boolean othersWait = current != null && current.areTooFew();
		Map<SocketWrapperBase<?>, Long> reading = new HashMap<>();
		synchronized (this.processors) {
			this.processors.forEach((processor) -> processor.look(now, othersWait, reading, this.ended));
		}
		return reading;
	}

}
