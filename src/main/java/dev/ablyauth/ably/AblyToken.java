package dev.ablyauth.ably;

/**
 * An opaque Ably Token, which Ably itself made. It is a credential: it cannot be printed
 * by accident.
 *
 * @param token as Ably gave it
 */
public record AblyToken(String token) implements Credential {

	@Override
	public String toString() {
		return "AblyToken(not shown)";
	}

}
