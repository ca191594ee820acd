package dev.ablyauth.policy;

import dev.ablyauth.ably.Capability;
import dev.ablyauth.session.AppUser;
import org.jspecify.annotations.Nullable;

/**
 * What another policy would change for one request.
 *
 * @param kind in one word
 * @param more what the user would get too, or null
 * @param less what the user would get no longer, or null
 * @param note what else would change, or an empty text
 */
public record Difference(Kind kind, @Nullable Capability more, @Nullable Capability less, String note) {

	/**
	 * Compares two policies.
	 * @param live the one in use
	 * @param other the other one
	 * @param user who asks
	 * @param wish what the client asks for
	 * @param request what is known of the request
	 * @return the difference, perhaps of the kind {@code SAME}
	 */
	public static Difference between(Policy live, Policy other, AppUser user, Wish wish, RequestFacts request) {
		return PolicyOutcome.of(live, user, wish, request).to(PolicyOutcome.of(other, user, wish, request));
	}

	/** In one word. */
	public enum Kind {

		/** Nothing changes. */
		SAME,
		/** The user gets more. */
		MORE,
		/** The user gets less. */
		LESS,
		/** Some more and some less, or the same as another client. */
		OTHER

	}

}
