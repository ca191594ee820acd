package dev.ablyauth.revocation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Denies and allows again, and finds what was denied. What is acknowledged is in the
 * store for good, and in the copy of this process.
 */
public final class Denials {

	private static final Logger LOGGER = LoggerFactory.getLogger(Denials.class);

	private final DenialWrites writes;

	private final DenialReads reads;

	private final DenyListCopy copy;

	private final Clock clock;

	private final RandomGenerator random;

	Denials(DenialWrites writes, DenialReads reads, DenyListCopy copy, Clock clock, RandomGenerator random) {
		this.writes = writes;
		this.reads = reads;
		this.copy = copy;
		this.clock = clock;
		this.random = random;
	}

	/**
	 * Denies.
	 * @param wish whom, why and until when
	 * @param once what makes a repetition the same call, or null
	 * @return the denial; the one of the first call, if this is a repetition
	 * @throws Refused if the end is over, the key belongs to another call, or the store
	 * cannot be written, and then nothing has changed here
	 */
	public Denial deny(DenialWish wish, @Nullable Once once) {
		return deny(wish, once, (denial) -> {
		});
	}

	/**
	 * Denies.
	 * @param also is done in the same transaction, unless it is a repetition
	 */
	Denial deny(DenialWish wish, @Nullable Once once, Consumer<Denial> also) {
		Instant now = now();
		Instant until = wish.until();
		if (until != null && !until.isAfter(now)) {
			throw new Refused(Reason.INVALID_REQUEST, "until: must be in the future.");
		}
		long known = this.copy.newest();
		return written(() -> this.writes.deny(wish, DenialId.next(this.random), now, known, once, also));
	}

	/**
	 * Ends a denial. One that was ended before stays as it is.
	 * @param id which
	 * @param author who says so
	 * @return the denial, or empty if there is none
	 * @throws IllegalArgumentException if the author cannot be written down
	 * @throws Refused if the store cannot be written
	 */
	public Optional<Denial> allow(DenialId id, String author) {
		DenialWish.checkAuthor(author);
		long known = this.copy.newest();
		return called(() -> this.writes.allow(id, author, now(), known)).map((written) -> written(() -> written));
	}

	/**
	 * Finds a denial.
	 * @param id which
	 * @return the denial, or empty if there is none
	 * @throws Refused if the store cannot be read
	 */
	public Optional<Denial> find(DenialId id) {
		return called(() -> this.reads.find(id));
	}

	/**
	 * Searches.
	 * @param search for what
	 * @return the newest first
	 * @throws Refused if it goes on after a denial that there is not, or the store cannot
	 * be read
	 */
	public List<Denial> search(DenialSearch search) {
		DenialId after = search.after();
		if (after != null && find(after).isEmpty()) {
			throw new Refused(Reason.INVALID_REQUEST, "after: there is no denial with this id.");
		}
		return called(() -> this.reads.search(search, now()));
	}

	/**
	 * Begins to read all denials that there are now.
	 * @param search which of them; where to begin and how many do not count
	 * @return what reads them
	 * @throws Refused if the store cannot be read
	 */
	public DenialExport export(DenialSearch search) {
		return called(() -> new DenialExport(this.reads, search, now()));
	}

	private Denial written(Supplier<DenialWrites.Written> write) {
		DenialWrites.Written written = called(write);
		if (written.number() > 0) {
			this.copy.write(written.denial(), written.number());
		}
		return written.denial();
	}

	static <T> T called(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (DenialStoreException ex) {
			LOGGER.error("The deny-list at ably-auth.deny-list.url: a call failed: {}", ex.getMessage());
			throw new Refused(Reason.UNAVAILABLE,
					ex.isUnchanged() ? "The store of the deny-list cannot be used now, and nothing has changed."
							: "The store of the deny-list does not answer as it must; send the call again.");
		}
	}

	/** As the store keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
