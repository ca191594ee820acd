package dev.ablyauth.session;

import java.util.Optional;
import java.util.function.Supplier;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Whether whoever knows the sessions of one kind can tell at this moment who somebody is.
 *
 * @param subject the name of the kind, and where it asks
 * @param problem why not, or null if it can
 */
public record SessionTrial(String subject, @Nullable String problem) {

	/**
	 * Asks about a credential that nobody has.
	 * @param asking asks
	 * @param fault says what was wrong with the last answer
	 */
	static SessionTrial of(String subject, Supplier<Optional<AppUser>> asking, Supplier<String> fault) {
		try {
			return new SessionTrial(subject,
					asking.get().isPresent() ? "somebody is signed in by a credential that was made up" : null);
		}
		catch (Refused refused) {
			return new SessionTrial(subject,
					(refused.reason() == Reason.SESSION_SOURCE_DOWN) ? said(fault.get()) : null);
		}
	}

	private static String said(String fault) {
		return fault.isEmpty() ? "is asked by too many at a time" : fault;
	}

}
