package dev.ablyauth.revocation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Revokes tokens at Ably, alone or with a denial. What is acknowledged is in the store
 * for good, and is sent until Ably has taken it.
 */
public final class Revocations {

	private final Denials denials;

	private final StoreTransaction transaction;

	private final RevocationWrites writes;

	private final RevocationReads reads;

	private final StoreCare care;

	private final OldKeys oldKeys;

	private final Runnable wake;

	private final Clock clock;

	/**
	 * Creates it.
	 * @param care finds that a commit could be lost
	 * @param oldKeys are forgotten now and then
	 * @param wake has it sent now and not in a second
	 */
	Revocations(Denials denials, StoreTransaction transaction, RevocationWrites writes, RevocationReads reads,
			StoreCare care, OldKeys oldKeys, Runnable wake, Clock clock) {
		this.denials = denials;
		this.transaction = transaction;
		this.writes = writes;
		this.reads = reads;
		this.care = care;
		this.oldKeys = oldKeys;
		this.wake = wake;
		this.clock = clock;
	}

	/**
	 * Revokes without denying: clients come back with what they may have now.
	 * @param wish whose tokens
	 * @param once what makes a repetition the same call, or null
	 * @return what has become of it so far
	 * @throws Refused if the key belongs to another call, or the store cannot be written,
	 * and then nothing has changed
	 */
	public RevocationState revoke(RevocationWish wish, @Nullable Once once) {
		return Denials.called(() -> {
			RevocationState state = this.transaction.change((status) -> written(wish, once));
			this.wake.run();
			return state;
		});
	}

	/**
	 * The lock of the store comes first, so that two of the same call wait for each
	 * other. What is answered is read before the commit: afterwards, a read that fails
	 * must not look like a call that failed.
	 */
	private RevocationState written(RevocationWish wish, @Nullable Once once) {
		RevocationWrites.Numbers numbers = this.writes.next();
		this.care.check();
		this.care.announce();
		Optional<RevocationId> before = (once != null) ? this.reads.find(once, wish.author()) : Optional.empty();
		RevocationId id = before.orElseGet(() -> {
			if (once != null) {
				this.oldKeys.forget(now());
			}
			return this.writes.insert(numbers, wish, null, now(), once);
		});
		return this.reads.find(id).orElseThrow();
	}

	/**
	 * Denies and revokes, both or nothing.
	 * @param wish whom to deny, why and until when; its target is revoked
	 * @param more what else is revoked with it, such as the clientIds of a user whose
	 * clientId cannot be told from the id
	 * @param once what makes a repetition the same call, or null
	 * @return the denial and what has become of the revocation so far
	 * @throws Refused as {@link Denials#deny} does
	 */
	public Denied deny(DenialWish wish, List<Target> more, @Nullable Once once) {
		List<Target> targets = new ArrayList<>(more);
		targets.add(0, wish.target());
		RevocationWish revocation = new RevocationWish(targets, false, wish.author());
		AtomicReference<@Nullable RevocationState> begun = new AtomicReference<>();
		Denial denial = this.denials.deny(wish, once, (written) -> begun.set(insert(revocation, written)));
		this.wake.run();
		RevocationState state = begun.get();
		// Else it is a repetition, which has written nothing.
		return new Denied(denial, (state != null) ? state : find(denial.id()).orElse(null));
	}

	/**
	 * Denies, and revokes what need not be the target, both or nothing and the first time
	 * only.
	 * @param wish whom to deny, why and until when
	 * @param revocation whose tokens to revoke, or null for nobody's
	 * @param once what makes a repetition the same call
	 * @return the denial and what has become of the revocation so far, or empty if this
	 * is a repetition, and then nothing has changed
	 * @throws Refused as {@link Denials#deny} does
	 */
	public Optional<Denied> denyFirst(DenialWish wish, @Nullable RevocationWish revocation, Once once) {
		AtomicReference<@Nullable Denied> first = new AtomicReference<>();
		this.denials.deny(wish, once,
				(written) -> first.set(new Denied(written, (revocation != null) ? insert(revocation, written) : null)));
		this.wake.run();
		return Optional.ofNullable(first.get());
	}

	/** Reads it before the commit, so that nothing can fail after it. */
	private RevocationState insert(RevocationWish wish, Denial denial) {
		return this.reads.find(this.writes.insert(this.writes.next(), wish, denial.id(), denial.created(), null))
			.orElseThrow();
	}

	/**
	 * Finds a revocation.
	 * @param id which
	 * @return what has become of it, or empty if there is none
	 * @throws Refused if the store cannot be read
	 */
	public Optional<RevocationState> find(RevocationId id) {
		return Denials.called(() -> this.reads.find(id));
	}

	/**
	 * Finds the revocation of a denial.
	 * @param denial which
	 * @return what has become of it, or empty if there is none
	 * @throws Refused if the store cannot be read
	 */
	public Optional<RevocationState> find(DenialId denial) {
		return Denials.called(() -> this.reads.find(denial));
	}

	/**
	 * Lists revocations, the newest first.
	 * @param after the last one that was seen before, or null
	 * @param limit how many at most
	 * @return the revocations without their targets
	 * @throws Refused if it goes on after one that there is not, or the store cannot be
	 * read
	 */
	public List<RevocationSummary> list(@Nullable RevocationId after, int limit) {
		return Denials.called(() -> {
			if (after != null && !this.reads.has(after)) {
				throw new Refused(Reason.INVALID_REQUEST, "after: there is no revocation with this id.");
			}
			return this.reads.list(after, limit);
		});
	}

	/**
	 * Tells when the last token of somebody who was denied, and not revoked, is over.
	 * @param denial since when
	 * @return the latest time, whatever the policy says
	 */
	public Instant tokensEndBy(Denial denial) {
		return this.writes.tokensEndBy(denial.created());
	}

	/** As the store keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * A denial with its revocation.
	 *
	 * @param denial the denial
	 * @param revocation what has become of it, or null if the call was made before
	 * without one
	 */
	public record Denied(Denial denial, @Nullable RevocationState revocation) {
	}

}
