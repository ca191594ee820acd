package dev.ablyauth.remote;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis that all callers share. It is opened when somebody asks, and
 * dropped when it fails or does not answer, so the next caller has a new one. One that
 * takes longer to open than a caller waits goes on opening, for those who ask next.
 */
public final class RedisConnection implements AutoCloseable {

	private static final int THREADS = 2;

	/**
	 * Nobody waits for it so long, and a slow Redis is not asked for one after another.
	 */
	private static final Duration OPENING = Duration.ofSeconds(2);

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private final ClientResources resources = ClientResources.builder()
		.ioThreadPoolSize(THREADS)
		.computationThreadPoolSize(THREADS)
		.build();

	private final RedisURI address;

	private final Duration timeOut;

	private final RedisClient client;

	private @Nullable CompletableFuture<StatefulRedisConnection<String, byte[]>> opened;

	/**
	 * Prepares a connection and does not open it.
	 * @param address where Redis is
	 * @param timeOut so long a caller waits for the connection, and then for the answer
	 */
	public RedisConnection(RedisAddress address, Duration timeOut) {
		this.address = address.uri();
		this.address.setTimeout(OPENING);
		this.timeOut = timeOut;
		this.client = RedisClient.create(this.resources);
		this.client.setOptions(ClientOptions.builder()
			.autoReconnect(false)
			// The older protocol is enough for plain commands, and every Redis speaks it.
			.protocolVersion(ProtocolVersion.RESP2)
			.socketOptions(SocketOptions.builder().connectTimeout(OPENING).build())
			.build());
	}

	/** Begins to open it, unless it is open, and waits for nothing. */
	public void open() {
		CompletableFuture<?> unused = connection();
	}

	/**
	 * Sends a command and waits for the answer.
	 * @param <T> what Redis answers
	 * @param command the command, or several that end in one answer
	 * @return the answer
	 * @throws RemoteFaultException if there is none, or an error; repeats nothing that
	 * may be part of a key
	 */
	public <T> T ask(Function<RedisAsyncCommands<String, byte[]>, ? extends Future<T>> command)
			throws RemoteFaultException {
		CompletableFuture<StatefulRedisConnection<String, byte[]>> connection = connection();
		try {
			return await(command.apply(opened(connection).async()));
		}
		catch (ExecutionException ex) {
			Throwable cause = cause(ex);
			if (cause instanceof RedisCommandExecutionException && isOpen(connection)) {
				throw new RemoteFaultException("answers with the error " + firstWord(cause), false);
			}
			drop(connection);
			throw (cause instanceof RedisCommandExecutionException)
					? new RemoteFaultException("cannot be used, it answers with the error " + firstWord(cause), false)
					: new RemoteFaultException("cannot be reached: " + cause.getClass().getSimpleName(), true);
		}
		catch (TimeoutException ex) {
			drop(connection);
			throw late();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RemoteFaultException("was asked by one who was stopped", false);
		}
		catch (RuntimeException ex) {
			// Lettuce throws some of its faults at once, such as of a connection that was
			// closed meanwhile.
			drop(connection);
			throw new RemoteFaultException("cannot be asked: " + ex.getClass().getSimpleName(), true);
		}
	}

	/** Waits for it, and keeps one that opens a moment too late for this caller. */
	private StatefulRedisConnection<String, byte[]> opened(
			CompletableFuture<StatefulRedisConnection<String, byte[]>> connection)
			throws ExecutionException, InterruptedException, RemoteFaultException {
		try {
			return await(connection);
		}
		catch (TimeoutException ex) {
			throw late();
		}
	}

	private static RemoteFaultException late() {
		return new RemoteFaultException("does not answer in time", true);
	}

	/**
	 * The code of the error. The rest may repeat the command, and with it a session id.
	 */
	private static String firstWord(Throwable error) {
		return String.valueOf(error.getMessage()).replaceAll("[^A-Za-z].*", "");
	}

	private static Throwable cause(Throwable ex) {
		Throwable cause = ex;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	private <T> T await(Future<T> future) throws ExecutionException, TimeoutException, InterruptedException {
		return future.get(this.timeOut.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static boolean isOpen(CompletableFuture<StatefulRedisConnection<String, byte[]>> connection) {
		return connection.isDone() && !connection.isCompletedExceptionally() && connection.join().isOpen();
	}

	/**
	 * One attempt at a time; an open connection, or one that is being opened, is shared.
	 */
	private synchronized CompletableFuture<StatefulRedisConnection<String, byte[]>> connection() {
		CompletableFuture<StatefulRedisConnection<String, byte[]>> last = this.opened;
		if (last != null && last.isDone() && !isOpen(last)) {
			drop(last);
		}
		if (this.opened == null) {
			this.opened = connect();
		}
		return this.opened;
	}

	private CompletableFuture<StatefulRedisConnection<String, byte[]>> connect() {
		try {
			return this.client.connectAsync(CODEC, this.address).toCompletableFuture();
		}
		catch (RuntimeException ex) {
			// As where this was closed.
			return CompletableFuture.failedFuture(ex);
		}
	}

	/** Only the first who says that it failed closes it. */
	private synchronized void drop(CompletableFuture<StatefulRedisConnection<String, byte[]>> failed) {
		if (failed == this.opened) {
			this.opened = null;
			CompletableFuture<?> unused = failed.thenCompose(StatefulConnection::closeAsync);
		}
	}

	@Override
	public void close() {
		try {
			this.client.shutdown(Duration.ZERO, this.timeOut);
		}
		finally {
			Future<?> unused = this.resources.shutdown(0, this.timeOut.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

}
