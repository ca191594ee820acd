package dev.ablyauth.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer, from where it publishes them. One fetch at a time and at most
 * one in 30 seconds, whatever key ids the tokens name; nobody with a known key ever
 * waits, nobody else longer than two seconds, and not many at once; after an outage has
 * begun, known keys are good for four hours.
 */
final class RemoteKeys implements JWKSource<SecurityContext> {

	static final Duration MIN_INTERVAL = Duration.ofSeconds(30);

	static final Duration OUTAGE_TOLERANCE = Duration.ofHours(4);

	static final Duration REFRESH = Duration.ofMinutes(5);

	static final int MAX_WAITING = 64;

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

	private static final Logger LOGGER = LoggerFactory.getLogger(RemoteKeys.class);

	private final KeyClient client;

	private final Clock clock;

	private final Executor background;

	private final AtomicReference<Attempt> attempt = new AtomicReference<>();

	private final Semaphore waiting = new Semaphore(MAX_WAITING);

	private volatile @Nullable Fetched fetched;

	private volatile String fault = "its keys are not fetched yet";

	/**
	 * Creates a source of keys, which has none yet.
	 * @param background runs the fetches, each in a thread of its own
	 */
	RemoteKeys(KeyClient client, Clock clock, Executor background) {
		this.client = client;
		this.clock = clock;
		this.background = background;
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
		Fetched known = this.fetched;
		if (known != null && isTooOld(known)) {
			known = null;
		}
		List<JWK> found = (known != null) ? selector.select(known.keys()) : List.of();
		if (!found.isEmpty()) {
			return found;
		}
		Attempt last = refresh();
		awaitIfRoom(last);
		Fetched latest = this.fetched;
		if (latest == null || !last.hasKeys() || isTooOld(latest)) {
			throw new JWKSetUnavailableException("no keys of " + this.client);
		}
		return selector.select(latest.keys());
	}

	/**
	 * When keys rotate, many come with the new one at the same moment, and none of them
	 * is to be refused; but an issuer that is away, or who names keys that nobody has,
	 * must not take all threads.
	 */
	private void awaitIfRoom(Attempt running) {
		if (!running.done().isDone() && this.waiting.tryAcquire()) {
			try {
				running.await();
			}
			finally {
				this.waiting.release();
			}
		}
	}

	private boolean isTooOld(Fetched known) {
		return known.at().plus(OUTAGE_TOLERANCE).isBefore(this.clock.instant());
	}

	/**
	 * Fetches the keys in the background, unless that is being done or was done a moment
	 * ago. A wall clock that was set back does not count as a moment.
	 * @return the fetch that counts now
	 */
	Attempt refresh() {
		Attempt last = this.attempt.get();
		Instant now = this.clock.instant();
		if (last != null && Duration.between(last.at(), now).abs().compareTo(MIN_INTERVAL) < 0) {
			return last;
		}
		Attempt next = new Attempt(now, new CompletableFuture<>());
		if (!this.attempt.compareAndSet(last, next)) {
			return Objects.requireNonNull(this.attempt.get());
		}
		try {
			this.background.execute(() -> next.done().complete(fetch(now)));
		}
		catch (RuntimeException | Error ex) {
			// Such as no thread any more. Whoever calls again and again goes on doing so.
			LOGGER.warn("The keys of {} cannot be fetched: {}", this.client, ex.getMessage());
			next.done().complete(false);
		}
		return next;
	}

	private boolean fetch(Instant now) {
		try {
			this.fetched = new Fetched(this.client.fetch(), now);
			this.fault = "";
			return true;
		}
		catch (JwksUnavailableException | RuntimeException | Error ex) {
			LOGGER.warn("The keys of {} cannot be fetched: {}", this.client, ex.getMessage());
			this.fault = "its keys cannot be fetched: " + ex.getMessage();
			return false;
		}
	}

	/**
	 * Fetches where that is due without anybody's asking: soon again after a failure, or
	 * a server that is sent no requests would never be well again.
	 */
	void keepFresh() {
		Fetched known = this.fetched;
		if (known == null || !this.fault.isEmpty()
				|| Duration.between(known.at(), this.clock.instant()).abs().compareTo(REFRESH) >= 0) {
			Attempt unused = refresh();
		}
	}

	/** Whether known keys are good, and what was wrong with the last fetch. */
	SessionState state(String kind, String issuer) {
		Fetched known = this.fetched;
		return new SessionState(kind, issuer, known != null && !isTooOld(known), this.fault);
	}

	/** How long ago the keys were last fetched, for the gauge; negative if never. */
	double ageSeconds() {
		Fetched known = this.fetched;
		return (known != null) ? Duration.between(known.at(), this.clock.instant()).toMillis() / 1000.0 : -1;
	}

	private record Fetched(JWKSet keys, Instant at) {
	}

	/**
	 * One fetch, running or over.
	 *
	 * @param at when it began
	 * @param done whether it succeeded
	 */
	record Attempt(Instant at, CompletableFuture<Boolean> done) {

		boolean hasKeys() {
			return this.done.isDone() && this.done.join();
		}

		void await() {
			try {
				this.done.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (ExecutionException | TimeoutException ex) {
				// Then there are still no keys, which the caller sees.
			}
		}
	}

}
