package dev.ablyauth.ably;

import java.time.Instant;

/**
 * An opaque Ably Token, which Ably itself made. It is a credential: it cannot be printed
 * by accident.
 *
 * @param token as Ably gave it
 * @param expires when Ably says that it ends
 */
public record AblyToken(String token, Instant expires) implements Credential {

	@Override
	public String toString() {
		return "AblyToken(not shown)";
	}

}
