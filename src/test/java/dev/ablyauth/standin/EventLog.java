package dev.ablyauth.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Events in order, each of which can be waited for and taken once.
 *
 * @param <T> what an event is
 */
final class EventLog<T> {

	private final List<T> waiting = new ArrayList<>();

	private final List<T> all = new ArrayList<>();

	synchronized void add(T event) {
		this.waiting.add(event);
		this.all.add(event);
		notifyAll();
	}

	synchronized List<T> all() {
		return List.copyOf(this.all);
	}

	/** The events that nobody has taken. */
	synchronized List<T> waiting() {
		return List.copyOf(this.waiting);
	}

	/** Drops the events that nobody has taken. */
	synchronized void forget() {
		this.waiting.clear();
	}

	/** Takes the first event that fits, or fails with all events after that time. */
	T take(Predicate<? super T> wanted, Duration longest) {
		List<T> taken = new ArrayList<>(1);
		Waiting.until(this, longest, () -> takeNow(wanted, taken),
				() -> "The awaited event did not come. Events: " + this.all);
		return taken.get(0);
	}

	private synchronized boolean takeNow(Predicate<? super T> wanted, List<T> taken) {
		this.waiting.stream().filter(wanted).findFirst().ifPresent(taken::add);
		return !taken.isEmpty() && this.waiting.remove(taken.get(0));
	}

}
