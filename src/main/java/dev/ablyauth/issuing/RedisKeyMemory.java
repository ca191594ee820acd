package dev.ablyauth.issuing;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.KeyName;
import dev.ablyauth.remote.Breaker;
import dev.ablyauth.remote.FaultLog;
import dev.ablyauth.remote.RedisAddress;
import dev.ablyauth.remote.RedisConnection;
import dev.ablyauth.remote.RemoteFaultException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * Which key a client has, as all instances at one Redis know it. Nobody who asks for a
 * token waits for it longer than a moment: what cannot be written soon is dropped, and
 * what cannot be read soon is not known.
 */
final class RedisKeyMemory implements AutoCloseable {

	static final int MOST_WAITING = 10_000;

	/**
	 * Once for a connection that is being opened and once for the answer: all that a
	 * token waits for.
	 */
	private static final Duration HALF_OF_THE_DEADLINE = Duration.ofMillis(50);

	private static final Duration WRITING = Duration.ofSeconds(1);

	private static final int BATCH = 500;

	/** So often Redis is asked again where it failed, whether anybody needs it or not. */
	private static final Duration AGAIN = Duration.ofSeconds(1);

	/** Written and read to see whether Redis answers. */
	private static final String TRIAL = "ably-auth:key:trial";

	private final RedisConnection reading;

	private final RedisConnection writing;

	private final Ticker ticker;

	private final Breaker breaker;

	private final FaultLog log;

	private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

	private final LongAdder dropped = new LongAdder();

	private volatile boolean writes = true;

	private final Thread thread = new Thread(this::run, "key-memory");

	RedisKeyMemory(RedisAddress address, Clock clock, Ticker ticker) {
		this.reading = new RedisConnection(address, HALF_OF_THE_DEADLINE);
		this.writing = new RedisConnection(address, WRITING);
		this.ticker = ticker;
		this.breaker = new Breaker(ticker);
		this.log = new FaultLog("The Redis of ably-auth.rate-limit.redis", clock);
		this.thread.setDaemon(true);
	}

	RedisKeyMemory start() {
		this.reading.open();
		this.thread.start();
		return this;
	}

	/**
	 * Finds the key of a client.
	 * @param app of the keys
	 * @param client the hash of the clientId
	 * @return what is known within the deadline
	 */
	Optional<KeyName> find(String app, long client) {
		if (!this.breaker.lets()) {
			return Optional.empty();
		}
		try {
			byte[] found = this.reading.ask((commands) -> commands.get(key(app, client)));
			this.breaker.answered();
			return name(found);
		}
		catch (RemoteFaultException ex) {
			this.breaker.failed();
			this.log.warn(ex.getMessage() + "; who has an old key may be taken for a newcomer");
			return Optional.empty();
		}
	}

	/** Others may write there too. */
	private static Optional<KeyName> name(byte @Nullable [] text) {
		try {
			return (text != null) ? Optional.of(new KeyName(new String(text, StandardCharsets.UTF_8)))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** Has it written in the background, or dropped. */
	void tell(long client, KeyName key, Duration life) {
		if (!this.waiting.offer(new Told(client, key, life))) {
			this.dropped.increment();
		}
	}

	/** Whether the last call had no answer. */
	boolean isFailing() {
		return !this.writes || this.breaker.isFailing();
	}

	/** Counts what was not written. */
	long dropped() {
		return this.dropped.sum();
	}

	private void run() {
		long tried = this.ticker.read();
		try {
			while (!Thread.currentThread().isInterrupted()) {
				Told first = this.waiting.poll(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
				if (first != null) {
					List<Told> batch = new ArrayList<>(List.of(first));
					this.waiting.drainTo(batch, BATCH);
					write(batch);
				}
				if (this.ticker.read() - tried >= AGAIN.toNanos()) {
					tryAgain();
					tried = this.ticker.read();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Else a fault would seem to last until somebody asks for a token. */
	private void tryAgain() {
		if (!this.writes) {
			this.writes = isAnswered(this.writing, (commands) -> commands.psetex(TRIAL, AGAIN.toMillis(), new byte[0]));
		}
		if (this.breaker.isFailing() && this.breaker.lets()
				&& isAnswered(this.reading, (commands) -> commands.get(TRIAL))) {
			this.breaker.answered();
		}
	}

	private static <T> boolean isAnswered(RedisConnection redis,
			Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> trial) {
		try {
			T unused = redis.ask(trial);
			return true;
		}
		catch (RemoteFaultException | RuntimeException | Error ex) {
			// Told when it failed the first time.
			return false;
		}
	}

	private void write(List<Told> batch) throws InterruptedException {
		try {
			Void unused = this.writing.ask((commands) -> CompletableFuture.allOf(batch.stream()
				.map((told) -> commands
					.psetex(key(told.key().appId(), told.client()), told.life().toMillis(),
							told.key().value().getBytes(StandardCharsets.UTF_8))
					.toCompletableFuture())
				.toArray(CompletableFuture<?>[]::new)));
			this.writes = true;
		}
		catch (RemoteFaultException | RuntimeException | Error ex) {
			this.dropped.add(batch.size());
			this.writes = false;
			this.log.warn("does not take which keys clients have: "
					+ ((ex instanceof RemoteFaultException) ? ex.getMessage() : ex.getClass().getName()));
			TimeUnit.MILLISECONDS.sleep(WRITING.toMillis());
		}
	}

	private static String key(String app, long client) {
		return "ably-auth:key:" + app + ":" + HexFormat.of().toHexDigits(client);
	}

	@Override
	public void close() {
		this.thread.interrupt();
		this.reading.close();
		this.writing.close();
	}

	/**
	 * What is to be written.
	 *
	 * @param client the hash of the clientId
	 * @param key the name of the key
	 * @param life for how long
	 */
	private record Told(long client, KeyName key, Duration life) {
	}

}
