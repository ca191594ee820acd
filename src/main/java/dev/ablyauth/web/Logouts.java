package dev.ablyauth.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.DenialWish;
import dev.ablyauth.revocation.Once;
import dev.ablyauth.revocation.RevocationWish;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.revocation.Target;
import org.jspecify.annotations.Nullable;

/**
 * Ends sessions: denies the id of the session, and has the tokens of its user revoked
 * with a margin, so that other devices of that person come back and the ended session
 * does not.
 */
final class Logouts {

	private static final String REASON = "logged out";

	/** One message is one call, whatever it says. */
	private static final String BODY = "logout";

	/** Each may wait for the store, and tokens need the same threads. */
	private static final int AT_A_TIME = 16;

	private final Semaphore places = new Semaphore(AT_A_TIME);

	private final Revocations revocations;

	private final Duration denyFor;

	private final Clock clock;

	Logouts(Revocations revocations, Duration denyFor, Clock clock) {
		this.revocations = revocations;
		this.denyFor = denyFor;
		this.clock = clock;
	}

	/**
	 * Ends a session, both or nothing.
	 * @param author who says that it has ended
	 * @param message the id of the message that says so; each ends one session
	 * @param sessionId the session
	 * @param userId whose session it was, or null if that is not known; then no token is
	 * revoked
	 * @return the denial and the revocation
	 * @throws Refused if the message came before, or the ids are none, or the store
	 * cannot be written, and then nothing has changed
	 */
	Revocations.Denied end(String author, String message, String sessionId, @Nullable String userId) {
		DenialWish denial = new DenialWish(target(Target.Kind.SESSION_ID, sessionId), REASON, author,
				this.clock.instant().plus(this.denyFor));
		RevocationWish revocation = (userId != null)
				? new RevocationWish(List.of(target(Target.Kind.USER_ID, userId)), true, author) : null;
		Once once = new Once(AdminCallers.sha256(message), BODY);
		if (!this.places.tryAcquire()) {
			throw new Refused(Reason.UNAVAILABLE, "Too many sessions end at this moment.");
		}
		try {
			return this.revocations.denyFirst(denial, revocation, once)
				.orElseThrow(() -> new Refused(Reason.LOGOUT_REPEATED,
						"This message came before, and what it says was done then."));
		}
		finally {
			this.places.release();
		}
	}

	private static Target target(Target.Kind kind, String id) {
		try {
			return new Target(kind, id);
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Reason.INVALID_LOGOUT, kind.label() + ": " + ex.getMessage() + ".");
		}
	}

}
