package dev.ablyauth.issuing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;

import dev.ablyauth.ably.ClockOffset;
import dev.ablyauth.ably.IssueTime;
import dev.ablyauth.ably.IssuedBefore;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.RecentRevocations;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Grant;
import org.jspecify.annotations.Nullable;

/**
 * When tokens are issued, in Ably's time, and the wait of those that come in the second
 * before a revocation.
 */
final class IssueTimes {

	/**
	 * A revocation begins with the next second of whoever writes it. The clock here may
	 * be some milliseconds behind that one, or more where each has measured Ably's over
	 * another network. So there is room for another second. What is more is a clock gone
	 * wrong.
	 */
	static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

	/** Each holds a thread of the server. */
	static final int MOST_WAITING = 64;

	private final Semaphore places = new Semaphore(MOST_WAITING);

	private final Duration backdate;

	private final RecentRevocations revocations;

	private final ClockOffset clockOffset;

	private final Pause pause;

	/**
	 * Creates it.
	 * @param backdate how far {@code iat} is set back
	 * @param revocations what a token must not fall under
	 * @param clockOffset how far Ably's clock is ahead
	 * @param pause waits
	 */
	IssueTimes(Duration backdate, RecentRevocations revocations, ClockOffset clockOffset, Pause pause) {
		this.backdate = backdate;
		this.revocations = revocations;
		this.clockOffset = clockOffset;
		this.pause = pause;
	}

	/** Returns what is known of revocations, to be asked for before the policy is. */
	RecentRevocations.Known known() {
		return this.revocations.known();
	}

	/** Returns what time it is at Ably, as well as it is known. */
	Instant ably(Instant now) {
		return now.plus(this.clockOffset.ahead());
	}

	/**
	 * Decides on the time of a token.
	 * @throws Refused if it would have to wait too long
	 */
	IssueTime of(Grant grant, Instant now, RecentRevocations.Known known) {
		IssueTime time = IssueTime.of(ably(now), this.backdate, latest(known, grant));
		if (time.early().compareTo(LONGEST_WAIT) > 0) {
			throw unavailable("A revocation of these tokens is said to begin later than in two seconds;"
					+ " the clocks of the servers differ.");
		}
		return time;
	}

	/**
	 * Waits until a token is in time.
	 * @throws Refused if too many do
	 */
	void await(Duration early) {
		if (early.isZero()) {
			return;
		}
		if (!this.places.tryAcquire()) {
			throw unavailable("Too many wait for the second in which a revocation begins.");
		}
		try {
			this.pause.of(early);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unavailable("The second in which a revocation begins was not waited for.");
		}
		finally {
			this.places.release();
		}
	}

	/**
	 * Refuses an opaque token, or what becomes one, that was decided before a revocation
	 * and made after it. Ably counts from when it makes it, so the revocation would not
	 * reach it.
	 * @throws Refused if there is such a revocation; the next request gets what is right
	 */
	void requireNoneSince(RecentRevocations.Known known, Grant grant) {
		IssuedBefore before = latest(known, grant);
		IssuedBefore now = latest(known(), grant);
		if (now != null && (before == null || now.compareTo(before) > 0)) {
			throw unavailable("The tokens of this client were revoked at this moment.");
		}
	}

	private static @Nullable IssuedBefore latest(RecentRevocations.Known known, Grant grant) {
		return known.latest(grant.clientId(), grant.features().revocationKey());
	}

	private static Refused unavailable(String message) {
		return new Refused(Reason.UNAVAILABLE, message);
	}

	/**
	 * Waits.
	 */
	@FunctionalInterface
	interface Pause {

		void of(Duration time) throws InterruptedException;

	}

}
