package dev.ablyauth.issuing;

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

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ErrorInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls to Ably, each in a thread of its own that can be left behind: two seconds
 * for a call with all that belongs to it, names and connections and other hosts, and at
 * most 32 at a time; one more is refused at once. Nothing that Ably answers is logged but
 * its codes.
 */
final class AblyCalls implements AutoCloseable {

	static final Duration LONGEST = Duration.ofSeconds(2);

	static final int MOST = 32;

	private static final Logger LOGGER = LoggerFactory.getLogger(AblyCalls.class);

	private static final Duration IDLE = Duration.ofSeconds(10);

	private static final int CAPABILITY_DENIED = 40160;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int SERVER_ERROR = 500;

	private final ExecutorService threads = new ThreadPoolExecutor(0, MOST, IDLE.toSeconds(), TimeUnit.SECONDS,
			new SynchronousQueue<>(), (call) -> {
				Thread thread = new Thread(call, "ably-call");
				thread.setDaemon(true);
				return thread;
			});

	/**
	 * Makes a call.
	 * @param <T> what Ably answers
	 * @param keyName the key in question, for the log
	 * @param call can be interrupted
	 * @return Ably's answer
	 * @throws Refused if there is none, or not in time
	 */
	<T> T make(String keyName, Callable<T> call) {
		Future<T> answer;
		try {
			answer = this.threads.submit(call);
		}
		catch (RejectedExecutionException ex) {
			throw unavailable("Too many tokens are being asked of Ably at this moment.");
		}
		try {
			return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw unavailable("Ably did not answer in time.");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unavailable("Ably was not waited for.");
		}
		catch (ExecutionException ex) {
			throw refused(Objects.requireNonNullElse(ex.getCause(), ex), keyName);
		}
		finally {
			answer.cancel(true);
		}
	}

	private static Refused refused(Throwable cause, String keyName) {
		if (cause instanceof AblyException ably) {
			return refused(ably.errorInfo, keyName);
		}
		if (!(cause instanceof UncheckedIOException)) {
			// Not its message, which may repeat the answer.
			LOGGER.error("A call to Ably failed with {}", cause.getClass().getName());
		}
		return unusable();
	}

	private static Refused refused(ErrorInfo error, String keyName) {
		if (error.code == CAPABILITY_DENIED) {
			return new Refused(Reason.KEY_ALLOWS_NOTHING,
					"The API key of this server allows nothing of what the policy gives.");
		}
		if (error.statusCode >= SERVER_ERROR || error.statusCode == TOO_MANY_REQUESTS) {
			return unusable();
		}
		LOGGER.error("Ably refuses a TokenRequest of the key {} with status {} and code {}", keyName, error.statusCode,
				error.code);
		return unavailable("Ably does not accept the TokenRequests of this server.");
	}

	/** Says that there is no answer, or one that makes no sense. */
	static Refused unusable() {
		return unavailable("Ably cannot be reached, or does not give an answer that can be used.");
	}

	private static Refused unavailable(String message) {
		return new Refused(Reason.UNAVAILABLE, message);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
