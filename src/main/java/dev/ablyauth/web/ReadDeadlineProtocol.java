package dev.ablyauth.web;

import java.time.Duration;
import java.util.Collections;
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
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP as Tomcat speaks it, and a request must be read as a whole in ten seconds from its
 * first byte. Tomcat's own time-out begins anew with each byte, so that one who sends a
 * byte a second would keep a connection, and with a body a thread, as long as he likes.
 * Public because Tomcat makes it by its name.
 */
public final class ReadDeadlineProtocol extends Http11NioProtocol {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private final Set<DeadlineProcessor> processors = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	private @Nullable ScheduledFuture<?> watch;

	@Override
	protected Processor createProcessor() {
		DeadlineProcessor processor = new DeadlineProcessor(this, getAdapter());
		this.processors.add(processor);
		return processor;
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.watch = getUtilityExecutor().scheduleWithFixedDelay(this::closeLate, 1, 1, TimeUnit.SECONDS);
	}

	@Override
	public void stop() throws Exception {
		if (this.watch != null) {
			this.watch.cancel(false);
		}
		super.stop();
	}

	private void closeLate() {
		long now = System.nanoTime();
		synchronized (this.processors) {
			this.processors.forEach((processor) -> processor.closeIfLate(now));
		}
	}

	/**
	 * Reads the requests of one connection, one after the other, and later those of
	 * another.
	 */
	private static final class DeadlineProcessor extends Http11Processor {

		DeadlineProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
			super(protocol, adapter);
		}

		/** By another thread than the one that reads, which then fails to read on. */
		void closeIfLate(long now) {
			SocketWrapperBase<?> connection = getSocketWrapper();
			long begun = getRequest().getStartTimeNanos();
			if (connection != null && begun >= 0 && now - begun > DEADLINE.toNanos() && isReading()) {
				connection.close();
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

	}

}
