package dev.ablyauth.issuing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.ClientId;
import dev.ablyauth.ably.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * Which key the last token of a client was signed with, as long as a connection that was
 * made with it may ask for the next one. Bounded: who is forgotten is a newcomer. Nobody
 * is remembered by name.
 */
final class KeyMemory implements AutoCloseable {

	static final int MOST = 100_000;

	/**
	 * So long Ably keeps a connection that was lost. Source: Ably docs, connect/states.
	 */
	private static final Duration RESUMABLE = Duration.ofMinutes(2);

	private final Cache<Long, Held> held;

	private final @Nullable RedisKeyMemory shared;

	/**
	 * Creates a memory.
	 * @param shared what all instances know, or null; asked only where this one does not
	 * know
	 */
	KeyMemory(Ticker ticker, @Nullable RedisKeyMemory shared) {
		this.shared = shared;
		this.held = Caffeine.newBuilder()
			.executor(Runnable::run)
			.ticker(ticker)
			.maximumSize(MOST)
			.expireAfter(Expiry.<Long, Held>writing((client, entry) -> entry.life()))
			.build();
	}

	/** Returns the key of an app that a client has. The wildcard is no client. */
	Optional<KeyName> of(ClientId client, String app) {
		if (client.equals(ClientId.wildcard())) {
			return Optional.empty();
		}
		long hash = hash(client);
		Held own = this.held.getIfPresent(hash);
		if (own != null) {
			return Optional.of(own.key());
		}
		return (this.shared != null) ? this.shared.find(app, hash) : Optional.empty();
	}

	/** Remembers which key a client has. */
	void remember(ClientId client, KeyName key, Duration tokenLives) {
		if (client.equals(ClientId.wildcard())) {
			return;
		}
		long hash = hash(client);
		Duration life = tokenLives.plus(RESUMABLE);
		this.held.put(hash, new Held(key, life));
		if (this.shared != null) {
			this.shared.tell(hash, key, life);
		}
	}

	/** Whether what is shared could not be asked the last time. */
	boolean isFailing() {
		return this.shared != null && this.shared.isFailing();
	}

	/** Returns how many are remembered, when the bounds were seen to. */
	long size() {
		this.held.cleanUp();
		return this.held.estimatedSize();
	}

	/**
	 * Two clients with the same one would share a key, which gives neither of them more.
	 */
	static long hash(ClientId client) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(client.value().getBytes(StandardCharsets.UTF_8));
			return ByteBuffer.wrap(digest).getLong();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is part of every JDK", ex);
		}
	}

	@Override
	public void close() {
		if (this.shared != null) {
			this.shared.close();
		}
	}

	/**
	 * What a client has.
	 *
	 * @param key the name of the key
	 * @param life for how long
	 */
	private record Held(KeyName key, Duration life) {
	}

}
