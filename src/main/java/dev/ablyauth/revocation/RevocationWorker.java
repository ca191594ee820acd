package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TokenRevoker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sends revocations to Ably: in order for each target, never before their second by
 * Ably's time, not before every instance has them, and until Ably has taken them.
 */
final class RevocationWorker implements AutoCloseable {

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

	/** Others may write too. */
	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	private static final Logger LOGGER = LoggerFactory.getLogger(RevocationWorker.class);

	private final OutboxClaims claims;

	private final OutboxResults results;

	private final OutboxRepeats repeats;

	private final OutboxEnds ends;

	private final OutboxTimes times;

	private final OutboxKeys missing;

	private final Instances instances;

	private final TokenKeys keys;

	private final AblyTime time;

	private final Semaphore wakes = new Semaphore(0);

	private final Thread thread = new Thread(this::run, "revocations");

	private String fault = "";

	/** Since when each round went well, and so could those of others; null if not. */
	private @Nullable Instant goodSince;

	/** Counted at the end of each round. */
	private volatile Backlog backlog = Backlog.UNKNOWN;

	RevocationWorker(OutboxClaims claims, OutboxResults results, OutboxRepeats repeats, OutboxEnds ends,
			OutboxTimes times, OutboxKeys missing, Instances instances, TokenKeys keys, AblyTime time) {
		this.claims = claims;
		this.results = results;
		this.repeats = repeats;
		this.ends = ends;
		this.times = times;
		this.missing = missing;
		this.instances = instances;
		this.keys = keys;
		this.time = time;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/** Has it look now and not in a second. */
	void wake() {
		this.wakes.release();
	}

	private void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				Duration pause = round();
				if (this.wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
					this.wakes.drainPermits();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Sends all that is due, and returns how long nothing is. */
	Duration round() {
		try {
			Duration pause = work();
			if (this.goodSince == null) {
				this.goodSince = this.time.now();
			}
			tell("");
			return pause;
		}
		catch (DenialStoreException ex) {
			tell(ex.getMessage());
		}
		catch (DataAccessException ex) {
			tell(DenialStoreException.of(ex).getMessage());
		}
		catch (RuntimeException | Error ex) {
			tell(ex.toString());
		}
		this.goodSince = null;
		return LONGEST_PAUSE;
	}

	private Duration work() {
		if (this.instances.everywhere() == null) {
			return LONGEST_PAUSE;
		}
		this.missing.add(this.time.now());
		this.ends.end(this.time, this.goodSince);
		boolean more = true;
		while (more) {
			more = this.times.correct(this.time) || this.repeats.make(this.time.now(), this.time.own().instant());
		}
		boolean all = sendAll();
		this.backlog = this.claims.backlog(this.time.now());
		if (!all) {
			return LONGEST_PAUSE;
		}
		Instant now = this.time.now();
		Duration left = this.claims.next(now).map((next) -> Duration.between(now, next)).orElse(LONGEST_PAUSE);
		return (left.compareTo(SHORTEST_PAUSE) < 0) ? SHORTEST_PAUSE
				: (left.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : left;
	}

	/**
	 * A key of which Ably takes nothing for now rests until the next round, so that Ably
	 * is not asked a hundred times, and other keys do not wait for it.
	 */
	private boolean sendAll() {
		Set<KeyName> resting = new HashSet<>();
		Optional<Batch> batch = claim(resting);
		while (batch.isPresent()) {
			if (!send(batch.get())) {
				resting.add(batch.get().key());
			}
			batch = claim(resting);
		}
		return resting.isEmpty();
	}

	private Optional<Batch> claim(Set<KeyName> resting) {
		Reached everywhere = Objects.requireNonNull(this.instances.everywhere());
		return this.claims.claim(this.time.now(), everywhere, resting);
	}

	/** Returns false if Ably took nothing for now. */
	private boolean send(Batch batch) {
		if (batch.rows().isEmpty()) {
			return true;
		}
		TokenRevoker revoker = this.keys.revokers().get(batch.key());
		if (revoker == null) {
			// The key has gone since the claim.
			return false;
		}
		RevocationResult result = revoker.revoke(batch.revocation());
		return this.results.finish(batch, result, this.time);
	}

	/** The revocations that wait, as they were counted last. */
	Backlog backlog() {
		return this.backlog;
	}

	/** Each fault once. */
	private void tell(String now) {
		if (now.equals(this.fault) || Thread.currentThread().isInterrupted()) {
			return;
		}
		if (now.isEmpty()) {
			LOGGER.info("Revocations can be sent again");
		}
		else {
			LOGGER.error("Revocations wait, because the store at ably-auth.deny-list.url fails: {}", now);
		}
		this.fault = now;
		this.backlog = this.backlog.but(now);
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}
