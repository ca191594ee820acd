package dev.ablyauth.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What one service said of credentials, for a short time. There is one call at a time for
 * each credential, and whoever brings the same one meanwhile waits for it. At most 64 are
 * waiting, callers and those who wait with them, so that a service that is away cannot
 * hold more threads than that; one more is refused at once. A call that failed is
 * forgotten.
 *
 * @param <V> what the service says
 */
final class AnswerCache<V> {

	static final int MOST_WAITING = 64;

	private static final long MOST_BYTES = 32 * 1024 * 1024;

	/** What each answer takes beside its claims. */
	private static final int OWN_BYTES = 512;

	private final Cache<CredentialHash, V> answers;

	private final Map<CredentialHash, CompletableFuture<V>> calls = new ConcurrentHashMap<>();

	private final Semaphore waiting = new Semaphore(MOST_WAITING);

	/**
	 * Creates a cache.
	 * @param life how long an answer may be kept
	 * @param weight about how many bytes of memory an answer takes
	 */
	AnswerCache(Ticker ticker, Function<V, Duration> life, ToIntFunction<V> weight) {
		this.answers = Caffeine.newBuilder()
			.executor(Runnable::run)
			.ticker(ticker)
			.maximumWeight(MOST_BYTES)
			.weigher((CredentialHash key, V answer) -> OWN_BYTES + weight.applyAsInt(answer))
			.expireAfter(Expiry.<CredentialHash, V>creating((key, answer) -> life.apply(answer)))
			.build();
	}

	/** How long a user is kept: never longer than the session lives. */
	static Duration life(AppUser user, Duration most, Clock clock) {
		Instant now = clock.instant();
		Instant end = now.plus(most);
		Duration life = Duration.between(now, user.expires().isBefore(end) ? user.expires() : end);
		return life.isNegative() ? Duration.ZERO : life;
	}

	/** About how many bytes a user takes. */
	static int weight(AppUser user) {
		return Claims.weight(user.claims()) + Claims.weight(user.roles());
	}

	/** What is known without a call, or null. */
	@Nullable V known(CredentialHash key) {
		return this.answers.getIfPresent(key);
	}

	/**
	 * Finds out what the service says.
	 * @param call makes a call, which ends by itself
	 */
	CompletableFuture<V> get(CredentialHash key, Supplier<CompletableFuture<V>> call) {
		V known = known(key);
		if (known != null) {
			return CompletableFuture.completedFuture(known);
		}
		if (!this.waiting.tryAcquire()) {
			return CompletableFuture.failedFuture(SessionRefusals.down());
		}
		return shared(key, call).whenComplete((answer, failure) -> this.waiting.release());
	}

	private CompletableFuture<V> shared(CredentialHash key, Supplier<CompletableFuture<V>> call) {
		CompletableFuture<V> own = new CompletableFuture<>();
		CompletableFuture<V> others = this.calls.putIfAbsent(key, own);
		if (others != null) {
			return others;
		}
		// Another one's call may have ended in this moment.
		V known = known(key);
		CompletableFuture<V> answer = (known != null) ? CompletableFuture.completedFuture(known) : begun(call);
		CompletableFuture<V> unused = answer.whenComplete((said, failure) -> {
			if (failure == null) {
				this.answers.put(key, said);
			}
			this.calls.remove(key, own);
			if (failure == null) {
				own.complete(said);
			}
			else {
				own.completeExceptionally(failure);
			}
		});
		return own;
	}

	private static <V> CompletableFuture<V> begun(Supplier<CompletableFuture<V>> call) {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Waits for an answer.
	 * @throws Refused if there is none
	 */
	static <V> V await(CompletableFuture<V> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof Refused refused) ? refused : ex;
		}
	}

}
