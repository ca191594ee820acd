package dev.ablyauth.session;

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
import io.lettuce.core.RedisFuture;
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
 * dropped when it fails or does not answer, so the next caller has a new one.
 */
final class RedisConnection implements AutoCloseable {

	private static final Duration TIME_OUT = Duration.ofMillis(800);

	private static final int THREADS = 2;

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private final ClientResources resources = ClientResources.builder()
		.ioThreadPoolSize(THREADS)
		.computationThreadPoolSize(THREADS)
		.build();

	private final RedisURI address;

	private final RedisClient client;

	private @Nullable CompletableFuture<StatefulRedisConnection<String, byte[]>> opened;

	RedisConnection(SpringSessionProperties settings) {
		this.address = address(settings);
		this.client = RedisClient.create(this.resources);
		this.client.setOptions(ClientOptions.builder()
			.autoReconnect(false)
			// The older protocol is enough for plain commands, and every Redis speaks it.
			.protocolVersion(ProtocolVersion.RESP2)
			.socketOptions(SocketOptions.builder().connectTimeout(TIME_OUT).build())
			.build());
	}

	private static RedisURI address(SpringSessionProperties settings) {
		RedisURI address = RedisURI.create(settings.url());
		address.setTimeout(TIME_OUT);
		if (settings.password() != null) {
			RedisURI.Builder builder = RedisURI.builder(address);
			address = (settings.username() != null)
					? builder.withAuthentication(settings.username(), settings.password().toCharArray()).build()
					: builder.withPassword(settings.password().toCharArray()).build();
		}
		return address;
	}

	/**
	 * Sends a command and waits for the answer.
	 * @throws SessionStoreException if there is none, or an error; repeats nothing that
	 * may be part of a key
	 */
	<T> T ask(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command) throws SessionStoreException {
		CompletableFuture<StatefulRedisConnection<String, byte[]>> connection = connection();
		try {
			return await(command.apply(await(connection).async()));
		}
		catch (ExecutionException ex) {
			Throwable cause = cause(ex);
			if (cause instanceof RedisCommandExecutionException && isOpen(connection)) {
				throw new SessionStoreException("answers with the error " + firstWord(cause));
			}
			drop(connection);
			throw (cause instanceof RedisCommandExecutionException)
					? new SessionStoreException("cannot be used, it answers with the error " + firstWord(cause))
					: SessionStoreException.away("cannot be reached: " + cause.getClass().getSimpleName());
		}
		catch (TimeoutException ex) {
			drop(connection);
			throw SessionStoreException.away("does not answer in time");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SessionStoreException("was asked by one who was stopped");
		}
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

	private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException, InterruptedException {
		return future.get(TIME_OUT.toMillis(), TimeUnit.MILLISECONDS);
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
			this.opened = this.client.connectAsync(CODEC, this.address).toCompletableFuture();
		}
		return this.opened;
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
		this.client.shutdown(Duration.ZERO, TIME_OUT);
		Future<?> unused = this.resources.shutdown(0, TIME_OUT.toMillis(), TimeUnit.MILLISECONDS);
	}

}
