package dev.ablyauth.faults;

import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls there were, and what became of those that did not get what they should.
 */
final class Tally {

	private final AtomicLong asked = new AtomicLong();

	private final AtomicLong slowest = new AtomicLong();

	private final SortedMap<String, Long> failures = new ConcurrentSkipListMap<>();

	/** Counts an answer, which must be 200. */
	void note(Answer answer) {
		this.asked.incrementAndGet();
		this.slowest.accumulateAndGet(answer.millis(), Math::max);
		if (answer.status() != 200) {
			failed(kind(answer));
		}
	}

	/** A balancer answers with a page, and the server with JSON. */
	private static String kind(Answer answer) {
		if (answer.status() == 0) {
			return answer.body();
		}
		return answer.status() + (answer.body().startsWith("{") ? " of the server" : " of the balancer");
	}

	/** Counts a failure of a kind. */
	void failed(String kind) {
		this.failures.merge(kind, 1L, Long::sum);
	}

	long asked() {
		return this.asked.get();
	}

	long slowestMillis() {
		return this.slowest.get();
	}

	long failures() {
		return this.failures.values().stream().mapToLong(Long::longValue).sum();
	}

	/** The kinds with their numbers. */
	String kinds() {
		return this.failures.isEmpty() ? "none" : this.failures.toString();
	}

}
