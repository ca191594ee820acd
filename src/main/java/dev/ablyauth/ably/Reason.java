package dev.ablyauth.ably;

import java.util.Locale;

/**
 * Why a request cannot have a token, with the HTTP status and the Ably code that make the
 * SDKs do the right thing: 401 and 503 are tried again, 403 ends the connection for good.
 * So an outage is never a 403, and a definite refusal always is. No code is ever a 4014x,
 * which would make ably-cocoa loop.
 */
public enum Reason {

	/** No credential that any session kind knows. */
	NO_SESSION(401, 40100),

	/** A credential that a session kind knows, and that is not valid. */
	INVALID_SESSION(401, 40100),

	/** The session is over before the shortest token would be. */
	SESSION_ENDS_TOO_SOON(401, 40100),

	/** A cookie that another site may have made the browser send. */
	FOREIGN_ORIGIN(403, 40300),

	/** The deny-list names this person, session, guest, address, clientId or key. */
	DENIED(403, 40300),

	/** A rule of the policy refuses this person. */
	DENIED_BY_RULE(403, 40300),

	/** The app around this server lets the request not through. */
	DENIED_BY_APP(403, 40300),

	/** The condition of a deny rule could not be evaluated; doubt never opens. */
	CONDITION_ERROR(403, 40300),

	/** No rule of the policy gives this person anything. */
	NOTHING_GRANTED(403, 40300),

	/** A claim holds a value that must not become part of a name. */
	CLAIM_NOT_SAFE(403, 40300),

	/** Two rules say different things of this person, of which only one can be. */
	RULE_CONFLICT(403, 40300),
	/** A rule gives what the policy's own envelope says that nobody may have. */
	OUTSIDE_ENVELOPE(403, 40300),
	/** The client asked for nothing that the policy gives. */
	WISH_NOT_GRANTED(403, 40300),

	/** The key itself allows nothing of what the policy gives. */
	KEY_ALLOWS_NOTHING(403, 40300),

	/** The client asked for the clientId of somebody else. */
	CLIENT_ID_MISMATCH(403, 40300),

	/** The rule wants another format than the one that was called for. */
	FORMAT_CONFLICT(403, 40300),

	/** The JWT would not fit into the headers of a request to Ably. */
	TOKEN_TOO_LONG(403, 40300),

	/** The request cannot be read. */
	INVALID_REQUEST(400, 40000),

	/** One parameter of the request cannot be read. */
	INVALID_PARAMETER(400, 40003),

	/** A call has the key of another one, which cannot be the same. */
	KEY_REUSED(422, 40000),

	/** What should end a session is not from somebody who may. */
	INVALID_LOGOUT(400, 40000),

	/** What ends a session has done so before. */
	LOGOUT_REPEATED(409, 40000),

	/** No such place. */
	NOT_FOUND(404, 40400),

	/** Not GET and not POST. */
	METHOD_NOT_ALLOWED(405, 40500),

	/** The body is larger than any TokenParams are. */
	BODY_TOO_LARGE(413, 40009),

	/** The headers are larger than any request needs. */
	HEADERS_TOO_LARGE(431, 40004),

	/** The keys or the app that could tell who the user is cannot be reached. */
	SESSION_SOURCE_DOWN(503, 50003),

	/** Somebody asks too often, or too many ask. */
	RATE_LIMITED(503, 50004),

	/** More requests wait than can be answered in time. */
	OVERLOADED(503, 50004),

	/** The deny-list was never read, or too long ago to be relied on. */
	DENY_LIST_STALE(503, 50003),

	/** Something else that is needed cannot be reached. */
	UNAVAILABLE(503, 50005),

	/** A bug. */
	INTERNAL_ERROR(500, 50000);

	private final int status;

	private final int code;

	private final String label;

	Reason(int status, int code) {
		this.status = status;
		this.code = code;
		this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the HTTP status.
	 * @return 400 to 503
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Returns the code of Ably's ErrorInfo.
	 * @return five digits
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Returns the name for audit lines and metrics.
	 * @return words joined by {@code -}
	 */
	public String label() {
		return this.label;
	}

}
