package dev.ablyauth.session;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.remote.Breaker;

/**
 * Asks a store so that one that hangs holds up few: one call in flight for each session,
 * 32 callers at a time, and nobody waits longer than two seconds in all.
 *
 * @param <T> what is read of a session
 */
final class StoreCalls<T> implements AutoCloseable {

	private static final int AT_A_TIME = 32;

	/**
	 * More, because a thread may still be ending a call that nobody waits for any more.
	 */
	private static final int THREADS = 2 * AT_A_TIME;

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

	/**
	 * Others wait for one of those places until the store has not answered anybody for
	 * that long; at a store that is well, they get it.
	 */
	private static final long FOR_A_PLACE = Duration.ofMillis(250).toNanos();

	private static final long A_MOMENT = Duration.ofMillis(25).toNanos();

	private final Reading<T> reading;

	private final Ticker ticker;

	private final Breaker breaker;

	private volatile String fault = "";

	/** When the store last answered, or was asked after a pause. */
	private volatile long progress;

	private final Semaphore places = new Semaphore(AT_A_TIME);

	private final Map<String, CompletableFuture<Optional<T>>> running = new ConcurrentHashMap<>();

	private final ExecutorService threads = new ThreadPoolExecutor(0, THREADS, 10, TimeUnit.SECONDS,
			new SynchronousQueue<>(), (task) -> {
				Thread thread = new Thread(task, "session-store");
				thread.setDaemon(true);
				return thread;
			});

	StoreCalls(Reading<T> reading, Ticker ticker) {
		this.reading = reading;
		this.ticker = ticker;
		this.breaker = new Breaker(ticker);
	}

	/**
	 * Reads a session.
	 * @throws SessionStoreException if nobody can tell, or not in time
	 */
	Optional<T> find(String id) throws SessionStoreException {
		if (!this.breaker.lets()) {
			throw SessionStoreException.away("is not asked, because it did not answer before");
		}
		if (this.places.availablePermits() == AT_A_TIME) {
			this.progress = this.ticker.read();
		}
		if (!hasPlace()) {
			throw new SessionStoreException("is asked by too many at a time");
		}
		try {
			return await(call(id));
		}
		finally {
			this.places.release();
		}
	}

	/** Whether calls are made; not while it is away. */
	boolean isAsked() {
		return !this.breaker.isOpen();
	}

	/** What was wrong with the last call, or an empty text. */
	String lastFault() {
		return this.fault;
	}

	/** Waits for a place, as long as the store answers others. */
	private boolean hasPlace() throws SessionStoreException {
		long begun = this.ticker.read();
		try {
			boolean has = this.places.tryAcquire();
			for (long now = begun; !has && now - begun < FOR_A_PLACE
					&& now - this.progress < FOR_A_PLACE; now = this.ticker.read()) {
				has = this.places.tryAcquire(A_MOMENT, TimeUnit.NANOSECONDS);
			}
			return has;
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	private CompletableFuture<Optional<T>> call(String id) {
		CompletableFuture<Optional<T>> own = new CompletableFuture<>();
		CompletableFuture<Optional<T>> others = this.running.putIfAbsent(id, own);
		if (others != null) {
			return others;
		}
		try {
			this.threads.execute(() -> run(id, own));
		}
		catch (RejectedExecutionException ex) {
			this.running.remove(id, own);
			own.completeExceptionally(new SessionStoreException("has too many calls that hang"));
		}
		return own;
	}

	/** Nobody who comes after the answer may be given it: it is of a moment ago. */
	private void run(String id, CompletableFuture<Optional<T>> call) {
		try {
			Optional<T> session = this.reading.of(id);
			answered(true);
			this.fault = "";
			this.running.remove(id, call);
			call.complete(session);
		}
		catch (SessionStoreException | RuntimeException | Error ex) {
			SessionStoreException failure = SessionStoreException.of(ex);
			answered(!failure.isAway());
			this.fault = String.valueOf(failure.getMessage());
			this.running.remove(id, call);
			call.completeExceptionally(failure);
		}
	}

	private void answered(boolean answered) {
		if (answered) {
			this.progress = this.ticker.read();
			this.breaker.answered();
		}
		else {
			this.breaker.failed();
		}
	}

	private Optional<T> await(CompletableFuture<Optional<T>> call) throws SessionStoreException {
		try {
			return call.get(LONGEST_WAIT.toNanos() - FOR_A_PLACE, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new SessionStoreException("does not answer in time");
		}
		catch (ExecutionException ex) {
			throw SessionStoreException.of(Objects.requireNonNullElse(ex.getCause(), ex));
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	private static SessionStoreException interrupted() {
		Thread.currentThread().interrupt();
		return new SessionStoreException("was asked by one who was stopped");
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

	/**
	 * Reads one session, in a thread of its own.
	 *
	 * @param <T> what is read of it
	 */
	interface Reading<T> {

		Optional<T> of(String id) throws SessionStoreException;

	}

}
