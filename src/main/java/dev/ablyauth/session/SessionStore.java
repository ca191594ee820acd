package dev.ablyauth.session;

import java.util.Optional;

/**
 * Where a Spring app keeps its sessions. Only read: nothing here prolongs or deletes a
 * session.
 */
interface SessionStore extends AutoCloseable {

	/**
	 * Reads a session.
	 * @param id as the app gave it to the browser
	 * @return the session, perhaps one that is over; empty if there is none
	 * @throws SessionStoreException if nobody can tell
	 */
	Optional<StoredSession> find(String id) throws SessionStoreException;

	@Override
	void close();

}
