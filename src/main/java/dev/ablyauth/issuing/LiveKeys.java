package dev.ablyauth.issuing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in use, which follow their files. New ones replace all old ones in one step,
 * after all were read and checked together; where that fails, the old ones stay. A
 * request asks once for the current ring and sees no other.
 */
public final class LiveKeys {

	private static final Logger LOGGER = LoggerFactory.getLogger(LiveKeys.class);

	private final Supplier<KeyReadings> source;

	private final KeyRings rings;

	private final NewKeys newKeys;

	private final List<Runnable> followers = new ArrayList<>();

	private final LongAdder reloads = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private volatile KeyRing current;

	private volatile List<String> problems = List.of();

	/** What the current ring was made of. */
	private KeyReadings used;

	/** What was taken or refused last. */
	private KeyReadings seen;

	/** Something newer, of which it is not yet sure that nobody is writing it. */
	private @Nullable KeyReadings unsettled;

	/**
	 * Reads the keys for the first time.
	 * @param source reads them
	 * @param rings makes rings of them
	 * @param newKeys asks of those that come later
	 * @throws IllegalArgumentException if they cannot be used
	 */
	LiveKeys(Supplier<KeyReadings> source, KeyRings rings, NewKeys newKeys) {
		this.source = source;
		this.rings = rings;
		this.newKeys = newKeys;
		this.used = source.get();
		this.seen = this.used;
		List<String> found = this.used.problems();
		if (!found.isEmpty()) {
			throw new IllegalArgumentException(String.join("; ", found));
		}
		this.current = rings.first(this.used);
		this.current.keys().forEach(LiveKeys::warnOfShortSecret);
	}

	/** Returns the ring to serve a whole request from. */
	KeyRing current() {
		return this.current;
	}

	/**
	 * Returns each key of which tokens may be out, also when it is in no file any more.
	 */
	List<SigningKey> known(Instant now) {
		return this.current.known(now);
	}

	/**
	 * Tells of the keys now, and whenever they were replaced.
	 * @param follower looks at what is current
	 */
	public synchronized void follow(Runnable follower) {
		this.followers.add(follower);
		follower.run();
	}

	/**
	 * Looks at all files, and takes what they say when it has been the same at two looks:
	 * a file that is being written may hold a key without the end of its secret.
	 */
	synchronized void look() {
		KeyReadings now = this.source.get();
		if (now.equals(this.seen)) {
			this.unsettled = null;
			if (this.newKeys.mayBeGoodBy(now)) {
				takeIfGoodNow(now);
			}
		}
		else if (!now.equals(this.unsettled)) {
			this.unsettled = now;
		}
		else {
			this.unsettled = null;
			take(now);
			this.seen = now;
		}
	}

	private void take(KeyReadings now) {
		List<String> found = problems(now);
		if (found.isEmpty()) {
			use(now);
		}
		else {
			refuse(found);
		}
	}

	/** Asks anew, without a line for what was told before. */
	private void takeIfGoodNow(KeyReadings now) {
		List<String> found = problems(now);
		if (found.isEmpty()) {
			use(now);
		}
		else {
			this.problems = List.copyOf(found);
		}
	}

	private List<String> problems(KeyReadings now) {
		List<String> found = new ArrayList<>(now.problemsAfter(this.used));
		if (found.isEmpty() && this.used.samples().isEmpty()) {
			found.addAll(now.samples());
		}
		if (found.isEmpty()) {
			found.addAll(this.rings.problems(now));
		}
		return found.isEmpty() ? this.newKeys.problems(now, this.used) : found;
	}

	private void use(KeyReadings now) {
		if (!now.equals(this.used)) {
			KeyRing next = this.rings.next(now, this.used, this.current);
			this.used = now;
			this.problems = List.of();
			swap(next);
		}
		else if (!this.problems.isEmpty()) {
			LOGGER.info("The files of the API keys have the keys in use again");
		}
		this.problems = List.of();
	}

	private void swap(KeyRing next) {
		KeyRing before = this.current;
		this.current = next;
		this.reloads.increment();
		LOGGER.info("The API keys are now {}; {} signs for newcomers", next, next.signing().name());
		next.keys().stream().filter((key) -> before.named(key.name()).isEmpty()).forEach(LiveKeys::warnOfShortSecret);
		this.followers.forEach(LiveKeys::tell);
	}

	/** One that cannot follow holds up no other. */
	private static void tell(Runnable follower) {
		try {
			follower.run();
		}
		catch (RuntimeException | Error ex) {
			LOGGER.error("The API keys were replaced, and something does not follow", ex);
		}
	}

	private void refuse(List<String> found) {
		List<String> known = this.problems;
		this.problems = List.copyOf(found);
		this.failures.increment();
		found.stream()
			.filter((problem) -> !known.contains(problem))
			.forEach((problem) -> LOGGER.error("{}; the keys in use stay, {} signs", problem,
					this.current.signing().name()));
	}

	private static void warnOfShortSecret(SigningKey key) {
		if (key.key().secret().isShort()) {
			LOGGER.warn("The secret of the key {} is one of Ably's old, short ones; a new key has a longer one",
					key.name());
		}
	}

	/**
	 * Returns what is wrong with the files as they are now.
	 * @return one line for each problem, or nothing if the keys in use are those of the
	 * files
	 */
	public List<String> problems() {
		return this.problems;
	}

	/**
	 * Returns what is known of each key.
	 * @param now the time
	 * @return those of the settings, and former ones of which tokens may live
	 */
	public List<KeyState> states(Instant now) {
		return KeyState.of(this.current, now);
	}

	/**
	 * Tells whether there can be tokens at all.
	 * @param now the time
	 * @return false where the keys that sign allow nothing, or nothing in common
	 */
	public boolean allowAnything(Instant now) {
		try {
			return !this.current.capability(now).text().isEmpty();
		}
		catch (Refused ex) {
			return false;
		}
	}

	/**
	 * Counts how often keys were replaced.
	 * @return since the start
	 */
	public long reloads() {
		return this.reloads.sum();
	}

	/**
	 * Counts how often what the files say could not be used.
	 * @return since the start
	 */
	public long failures() {
		return this.failures.sum();
	}

}
