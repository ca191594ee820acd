package dev.ablyauth.session;

/**
 * Whether one who knows the sessions of a kind can tell who somebody is, by what is known
 * already: nobody is asked.
 *
 * @param kind the session kind
 * @param source the issuer, the host of the service or the kind of store; empty where
 * nobody else is needed
 * @param canTell whether sessions can be recognised by it
 * @param fault what was wrong the last time, or an empty text; says nothing of a user
 */
public record SessionState(String kind, String source, boolean canTell, String fault) {

	static SessionState good(String kind, String source) {
		return new SessionState(kind, source, true, "");
	}

}
