package dev.ablyauth.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The copy of the deny-list that this process decides by. What was written here is in it
 * at once, ahead of what the store says next.
 */
final class DenyListCopy {

	/** Null until the list was read once. */
	private volatile @Nullable DenyListSnapshot current;

	/**
	 * What was written here and not yet read back. A read that began before such a change
	 * must not undo it.
	 */
	private final Map<DenialId, Written> ahead = new HashMap<>();

	private final CountDownLatch loading = new CountDownLatch(1);

	boolean await(Duration longest) throws InterruptedException {
		return this.loading.await(longest.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Nullable DenyListSnapshot current() {
		return this.current;
	}

	/** Takes the whole list as it was read. */
	synchronized void load(DenyListSnapshot loaded) {
		settle(loaded.number());
		SnapshotChange change = new SnapshotChange(loaded);
		this.ahead.values().forEach((written) -> put(change, written.denial()));
		this.current = change.snapshot(loaded.number());
		this.loading.countDown();
	}

	/**
	 * Takes what has changed since the last read.
	 * @param denials as they are now
	 * @param number the last change among them
	 */
	synchronized void apply(List<Denial> denials, long number) {
		settle(number);
		SnapshotChange change = new SnapshotChange(loaded());
		denials.stream()
			.filter((denial) -> !this.ahead.containsKey(denial.id()))
			.forEach((denial) -> put(change, denial));
		this.current = change.snapshot(number);
	}

	/**
	 * Takes what was just written here.
	 * @param number the change that did it
	 */
	synchronized void write(Denial denial, long number) {
		DenyListSnapshot known = this.current;
		if (known != null && number <= known.number()) {
			return;
		}
		Written last = this.ahead.merge(denial.id(), new Written(denial, number),
				(one, other) -> (one.number() > other.number()) ? one : other);
		if (known != null) {
			SnapshotChange change = new SnapshotChange(known);
			put(change, last.denial());
			this.current = change.snapshot(known.number());
		}
	}

	/** The last change that is known here, read or written. The store has it too. */
	synchronized long newest() {
		long read = (this.current != null) ? this.current.number() : 0;
		return this.ahead.values().stream().mapToLong(Written::number).reduce(read, Math::max);
	}

	/** Tells whether it was written here, and is not news. */
	synchronized boolean isAhead(DenialId id) {
		return this.ahead.containsKey(id);
	}

	synchronized void forget(Instant longAgo) {
		SnapshotChange change = new SnapshotChange(loaded());
		change.forget(longAgo);
		this.current = change.snapshot(loaded().number());
	}

	private DenyListSnapshot loaded() {
		return Objects.requireNonNull(this.current);
	}

	/** What was read is no longer ahead. */
	private void settle(long number) {
		this.ahead.values().removeIf((written) -> written.number() <= number);
	}

	private static void put(SnapshotChange change, Denial denial) {
		if (denial.ended() == null) {
			change.add(denial.id(), denial.target(), denial.until());
		}
		else {
			change.remove(denial);
		}
	}

	/**
	 * A denial after a change.
	 *
	 * @param denial as it is then
	 * @param number of the change
	 */
	private record Written(Denial denial, long number) {
	}

}
