package dev.ablyauth.revocation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the copy up to date: reads the whole list once, and then each second what has
 * changed. Whatever cannot be read or believed leaves the copy as it is, and the copy
 * becomes old.
 */
final class DenyListSync implements AutoCloseable {

	/** Also for a file: the command line may write into it. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final Duration BETWEEN_FORGETTING = Duration.ofHours(1);

	/**
	 * A clock that is set back brings a denial back to life that seemed to be over. If it
	 * goes back further, all is read again.
	 */
	private static final Duration KEPT = Duration.ofDays(2);

	private static final Logger LOGGER = LoggerFactory.getLogger(DenyListSync.class);

	private final DenialReads store;

	private final Runnable prepare;

	private final DenyListCopy copy;

	private final OutboxSync outbox;

	private final Freshness freshness;

	private final Clock clock;

	private final Consumer<Duration> lag;

	private final Semaphore wakes = new Semaphore(0);

	private final Thread thread = new Thread(this::run, "deny-list");

	private boolean prepared;

	/** Where the store was after the last good read; null before the first. */
	private DenialReads.@Nullable Position known;

	private Instant forgotten;

	/** Denials that were over before this by their own end are not in the copy. */
	private Instant without = Instant.MIN;

	private volatile String fault = "";

	/**
	 * Creates it.
	 * @param prepare makes the tables if need be
	 * @param outbox is read in the same round
	 * @param lag is told how long each change took to arrive
	 */
	DenyListSync(DenialReads store, Runnable prepare, DenyListCopy copy, OutboxSync outbox, Freshness freshness,
			Clock clock, Consumer<Duration> lag) {
		this.store = store;
		this.prepare = prepare;
		this.copy = copy;
		this.outbox = outbox;
		this.freshness = freshness;
		this.clock = clock;
		this.lag = lag;
		this.forgotten = clock.instant();
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/** Has it read now and not in a second. */
	void wake() {
		this.wakes.release();
	}

	private void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				round();
				if (this.wakes.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
					this.wakes.drainPermits();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** One round, which ends well or leaves all as it was. */
	void round() {
		long begun = this.freshness.now();
		try {
			DenialReads.Position reached = read();
			this.freshness.readBegunAt(begun);
			recovered();
			this.outbox.tell(reached.number());
			forget();
		}
		catch (DenialStoreException ex) {
			failed(ex.getMessage(), null);
		}
		catch (RuntimeException | Error ex) {
			failed(String.valueOf(ex.getMessage()), ex);
		}
	}

	private DenialReads.Position read() {
		if (!this.prepared) {
			this.prepare.run();
			this.prepared = true;
		}
		DenialReads.Position last = this.known;
		DenialReads.Position reached = (last == null) ? load() : update(last);
		if (last != null && this.clock.instant().isBefore(this.without)) {
			LOGGER.warn("The clock was set back to before {}, so the whole deny-list is read again", this.without);
			reached = load();
		}
		this.known = reached;
		return reached;
	}

	private DenialReads.Position load() {
		SnapshotChange list = new SnapshotChange(SnapshotChange.EMPTY);
		Instant since = this.clock.instant().minus(KEPT);
		DenialReads.Position position = this.store.load(since, list);
		this.without = since;
		this.outbox.read();
		this.copy.load(list.snapshot(position.number()));
		return position;
	}

	private DenialReads.Position update(DenialReads.Position last) {
		long here = this.copy.newest();
		DenialReads.Position now = this.store.position(last.number());
		now.checkFollows(last);
		now.checkHas(here);
		this.outbox.read();
		DenialReads.Position reached = last;
		while (reached.number() < now.number()) {
			List<DenialReads.Change> changes = this.store.changes(reached.number());
			if (changes.isEmpty()) {
				throw new DenialStoreException("rows of its tables are missing");
			}
			DenialReads.Change newest = changes.get(changes.size() - 1);
			List<DenialReads.Change> news = changes.stream()
				.filter((change) -> !this.copy.isAhead(change.denial().id()))
				.toList();
			this.copy.apply(changes.stream().map(DenialReads.Change::denial).toList(), newest.number());
			reached = new DenialReads.Position(last.storeId(), newest.number(), newest.denial().id().toString());
			Instant applied = this.clock.instant();
			news.forEach((change) -> this.lag.accept(Duration.between(change.at(), applied)));
			this.known = reached;
		}
		return reached;
	}

	private void forget() {
		Instant now = this.clock.instant();
		if (Duration.between(this.forgotten, now).abs().compareTo(BETWEEN_FORGETTING) >= 0) {
			this.forgotten = now;
			Instant since = now.minus(KEPT);
			// Before, so that nothing is missing that this does not tell.
			this.without = since.isAfter(this.without) ? since : this.without;
			this.copy.forget(since);
		}
	}

	/** Each fault once, and not each second. */
	private void failed(String message, @Nullable Throwable bug) {
		if (!message.equals(this.fault) && !Thread.currentThread().isInterrupted()) {
			LOGGER.error("The deny-list at ably-auth.deny-list.url cannot be read, what was read last stays in use"
					+ " until max-staleness: {}", message, bug);
			this.fault = message;
		}
	}

	private void recovered() {
		if (!this.fault.isEmpty()) {
			LOGGER.info("The deny-list can be read again");
			this.fault = "";
		}
	}

	/** Why the last read failed, or an empty text. */
	String fault() {
		return this.fault;
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

}
