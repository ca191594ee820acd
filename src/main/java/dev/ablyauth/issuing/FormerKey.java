package dev.ablyauth.issuing;

import java.time.Instant;

/**
 * A key that is in no settings and no file any more.
 *
 * @param key the key
 * @param until when the last token has ended that any instance may have issued with it
 */
record FormerKey(SigningKey key, Instant until) {

	boolean mayHaveTokens(Instant now) {
		return this.until.isAfter(now);
	}

}
