package dev.ablyauth.issuing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Asks Ably of keys that were not in use, before they are: a secret that is wrong or half
 * written looks like any other. Only a plain no counts.
 */
final class NewKeys {

	/** A key that was just made may not be known everywhere. */
	static final Duration PAUSE = Duration.ofSeconds(30);

	private final Predicate<String> isRefused;

	private final Ticker ticker;

	private @Nullable KeyReadings refused;

	private long refusedAt;

	/**
	 * Creates it, and asks nothing.
	 * @param isRefused whether Ably says of the text of a key that it is not good; false
	 * where it says nothing, or nothing is asked
	 */
	NewKeys(Predicate<String> isRefused, Ticker ticker) {
		this.isRefused = isRefused;
		this.ticker = ticker;
	}

	/**
	 * Finds what is wrong with keys of which each is good as far as the files tell.
	 * @param used those in use, of which nothing is asked
	 */
	List<String> problems(KeyReadings next, KeyReadings used) {
		List<String> problems = new ArrayList<>();
		Map<String, Boolean> answers = new HashMap<>();
		for (KeyReading reading : next.all()) {
			if (used.all().stream().noneMatch(reading::isSameKey)
					&& answers.computeIfAbsent(reading.text(), this.isRefused::test)) {
				problems.add(reading.fault("has the key " + reading.key().name()
						+ ", of which Ably says that there is none, or that its secret is another"));
			}
		}
		this.refused = problems.isEmpty() ? null : next;
		this.refusedAt = this.ticker.read();
		return problems;
	}

	/** Tells whether it was Ably that refused them, and it is time to ask again. */
	boolean mayBeGoodBy(KeyReadings now) {
		return now.equals(this.refused) && this.ticker.read() - this.refusedAt >= PAUSE.toNanos();
	}

}
