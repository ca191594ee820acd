package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.Refused;

/**
 * One way in which users prove who they are. Whatever it does not know, another kind may
 * know; whatever it knows and finds wrong ends the search.
 */
interface SessionKind extends AutoCloseable {

	/** The name for audit lines, conditions and metrics. */
	String name();

	/**
	 * Asks who the user is by what a client sends on purpose: a bearer or another header.
	 * @return the user, or empty if there is no credential of this kind
	 * @throws Refused if there is one and it is not valid, or nobody can tell at the
	 * moment
	 */
	default Optional<AppUser> ofHeaders(Credentials credentials) {
		return Optional.empty();
	}

	/**
	 * Asks who the user is by the cookies, which browsers add by themselves.
	 * @return the user, or empty if there is no credential of this kind
	 * @throws Refused if there is one and it is not valid, or does not count, or nobody
	 * can tell at the moment
	 */
	default Optional<AppUser> ofCookies(Credentials credentials) {
		return Optional.empty();
	}

	/**
	 * Tries all whom it asks, with credentials that nobody has; none if it asks nobody.
	 */
	default List<SessionTrial> trials() {
		return List.of();
	}

	/**
	 * Names all whom it asks while users wait.
	 */
	default List<SessionSource> sources() {
		return List.of();
	}

	/** Lets go of what it has open. */
	@Override
	default void close() {
		// Most have nothing open.
	}

}
