package dev.ablyauth.session;

import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session kind can tell at this moment who somebody is.
 *
 * @param kind the name of the kind
 * @param problem why not, or null if it can
 */
public record SessionTrial(String kind, @Nullable String problem) {

	/** Shows a kind a credential that nobody has. */
	static SessionTrial of(SessionKind kind, Credentials nobody) {
		try {
			Optional<AppUser> user = kind.ofHeaders(nobody).or(() -> kind.ofCookies(nobody));
			return new SessionTrial(kind.name(),
					user.isPresent() ? "somebody is signed in by a credential that was made up" : null);
		}
		catch (Refused refused) {
			return new SessionTrial(kind.name(),
					(refused.reason() == Reason.SESSION_SOURCE_DOWN) ? refused.getMessage() : null);
		}
	}

}
