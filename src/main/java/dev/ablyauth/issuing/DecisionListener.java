package dev.ablyauth.issuing;

import java.time.Duration;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each decision about a token once it is final, for the meters. It is called
 * while the client waits, and is given no token and nobody's name. Whatever it throws
 * changes nothing, see {@link ForgivingListener}.
 */
public interface DecisionListener {

	/** Does nothing. */
	DecisionListener NONE = new DecisionListener() {
	};

	/**
	 * A token leaves.
	 * @param session the kind of session that it is for
	 * @param key the key that signed it
	 * @param format what it is
	 * @param grant what it was made from
	 * @param jwtBytes how long it is, or 0 if it is no JWT
	 */
	default void issued(String session, KeyName key, Format format, Grant grant, int jwtBytes) {
	}

	/**
	 * Somebody gets no token.
	 * @param refused why
	 * @param session the kind of session of whoever asked, or null if that is not known
	 */
	default void refused(Refused refused, @Nullable String session) {
	}

	/**
	 * Somebody who asks for no token has reached a limit.
	 * @param limit its name
	 */
	default void limited(String limit) {
	}

	/**
	 * A call for a token was answered.
	 * @param status the HTTP status
	 * @param time since a thread began with the call
	 */
	default void answered(int status, Duration time) {
	}

}
