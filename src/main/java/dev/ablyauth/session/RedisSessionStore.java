package dev.ablyauth.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.ablyauth.remote.RedisConnection;
import dev.ablyauth.remote.RemoteFaultException;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisAsyncCommands;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that Spring Session keeps in Redis: a hash each, read by plain commands. It
 * makes no difference whether the app has the indexed repository or the simple one.
 */
final class RedisSessionStore implements SessionStore {

	private static final String ACCESSED = "lastAccessedTime";

	private static final String INTERVAL = "maxInactiveInterval";

	private static final String CONTEXT = "sessionAttr:" + StoredSession.SECURITY_CONTEXT;

	private static final Duration TIME_OUT = Duration.ofMillis(800);

	private final RedisConnection redis;

	private final String keys;

	/**
	 * Prepares a connection and does not open it.
	 */
	RedisSessionStore(SpringSessionProperties settings) {
		this.redis = new RedisConnection(settings.redis(), TIME_OUT);
		this.keys = settings.namespace() + ":sessions:";
	}

	@Override
	public Optional<StoredSession> find(String id) throws SessionStoreException {
		String key = this.keys + id;
		List<KeyValue<String, byte[]>> times = ask((redis) -> redis.hmget(key, ACCESSED, INTERVAL));
		if (!times.get(0).hasValue() || !times.get(1).hasValue()) {
			return Optional.empty();
		}
		Instant end = end(SessionValues.number(times.get(0).getValue()), SessionValues.number(times.get(1).getValue()));
		return Optional.of(new StoredSession(end, context(key)));
	}

	/** Asks for the length first: nothing larger is loaded. */
	private byte @Nullable [] context(String key) throws SessionStoreException {
		long length = ask((redis) -> redis.hstrlen(key, CONTEXT));
		if (length > StoredSession.MAX_BYTES) {
			throw SessionValues.tooLarge();
		}
		return ask((redis) -> redis.hget(key, CONTEXT));
	}

	private <T> T ask(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command)
			throws SessionStoreException {
		try {
			return this.redis.ask(command);
		}
		catch (RemoteFaultException ex) {
			throw ex.isAway() ? SessionStoreException.away(ex.getMessage())
					: new SessionStoreException(ex.getMessage());
		}
	}

	/** An interval below zero: the session has no end. */
	private static Instant end(long accessed, long interval) {
		if (interval < 0) {
			return AppUser.NO_END;
		}
		Instant end = StoredSession.time(accessed).plus(Duration.ofSeconds(Math.min(interval, Integer.MAX_VALUE)));
		return end.isAfter(AppUser.NO_END) ? AppUser.NO_END : end;
	}

	@Override
	public void close() {
		this.redis.close();
	}

}
