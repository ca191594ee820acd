package dev.ablyauth.revocation;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Who is kept out, for whoever issues tokens: answered from memory, and refused where
 * memory cannot be relied on.
 */
public final class DenyList {

	private final DenyListCopy copy;

	private final Freshness freshness;

	private final Supplier<String> fault;

	/**
	 * Creates it.
	 * @param fault says why the last read failed, or nothing
	 */
	DenyList(DenyListCopy copy, Freshness freshness, Supplier<String> fault) {
		this.copy = copy;
		this.freshness = freshness;
		this.fault = fault;
	}

	/**
	 * Returns a list that is always good and never has anybody.
	 * @return for apps without a store
	 */
	public static DenyList none() {
		DenyListCopy copy = new DenyListCopy();
		copy.load(SnapshotChange.EMPTY);
		Freshness always = new Freshness(Ticker.disabledTicker(), Duration.ZERO);
		always.readBegunAt(always.now());
		return new DenyList(copy, always, () -> "");
	}

	/**
	 * Returns the list.
	 * @return as it is now
	 * @throws Refused if it was never read, or too long ago; an outage, so never a 403
	 */
	public DenyListSnapshot current() {
		DenyListSnapshot current = this.copy.current();
		if (current == null) {
			throw new Refused(Reason.DENY_LIST_STALE, "The deny-list is not read yet.");
		}
		if (!this.freshness.isGood()) {
			throw new Refused(Reason.DENY_LIST_STALE, "The deny-list cannot be read at the moment.");
		}
		return current;
	}

	/**
	 * Tells whether tokens can be issued by it.
	 * @return whether it was read, and not too long ago
	 */
	public boolean isGood() {
		return this.copy.current() != null && this.freshness.isGood();
	}

	/**
	 * Returns the list, however old it is.
	 * @return the list, or null if it was never read
	 */
	public @Nullable DenyListSnapshot lastKnown() {
		return this.copy.current();
	}

	/**
	 * Waits until it was read once.
	 * @param longest how long at most
	 * @return whether it was
	 */
	public boolean await(Duration longest) {
		try {
			return this.copy.await(longest);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Tells how old it is.
	 * @return since the last good read, or null if there was none
	 */
	public @Nullable Duration age() {
		return this.freshness.age();
	}

	/**
	 * Says why the last read failed.
	 * @return one line, or an empty text if it did not
	 */
	public String fault() {
		return this.fault.get();
	}

}
