package dev.ablyauth.session;

import java.time.Instant;

/**
 * What a guest shows to be known again.
 *
 * @param guestId who this is
 * @param token a JWT of this server's own
 * @param expires when the token ends
 */
public record GuestToken(String guestId, String token, Instant expires) {

	/**
	 * Hides the token.
	 */
	@Override
	public String toString() {
		return "GuestToken(" + this.guestId + ")";
	}

}
