package dev.ablyauth.rest;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.ably.lib.types.AblyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls to Ably, each in a thread of its own that can be left behind: so many
 * seconds for a call with all that belongs to it, names and connections and other hosts,
 * and at most 32 at a time; one more is refused at once.
 */
final class AblyCalls implements AutoCloseable {

	static final int MOST = 32;

	private static final Logger LOGGER = LoggerFactory.getLogger(AblyCalls.class);

	private static final Duration IDLE = Duration.ofSeconds(10);

	private final ExecutorService threads = new ThreadPoolExecutor(0, MOST, IDLE.toSeconds(), TimeUnit.SECONDS,
			new SynchronousQueue<>(), (call) -> {
				Thread thread = new Thread(call, "ably-call");
				thread.setDaemon(true);
				return thread;
			});

	private final Duration longest;

	AblyCalls(Duration longest) {
		this.longest = longest;
	}

	/**
	 * Makes a call.
	 * @param <T> what Ably answers
	 * @param call can be interrupted
	 * @param otherwise says what is answered, or throws, where there is no answer or none
	 * in time
	 * @return Ably's answer
	 */
	<T> T make(Callable<T> call, Function<Throwable, T> otherwise) {
		Future<T> answer;
		try {
			answer = this.threads.submit(call);
		}
		catch (RejectedExecutionException ex) {
			return otherwise.apply(ex);
		}
		try {
			return answer.get(this.longest.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return otherwise.apply(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return otherwise.apply(ex);
		}
		catch (ExecutionException ex) {
			return otherwise.apply(noted(Objects.requireNonNullElse(ex.getCause(), ex)));
		}
		finally {
			answer.cancel(true);
		}
	}

	private static Throwable noted(Throwable cause) {
		if (!(cause instanceof AblyException) && !(cause instanceof UncheckedIOException)) {
			// Not its message, which may repeat the answer.
			LOGGER.error("A call to Ably failed with {}", cause.getClass().getName());
		}
		return cause;
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
