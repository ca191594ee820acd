package dev.ablyauth.ably;

/**
 * A signed Ably JWT. It is a credential: it cannot be printed by accident.
 *
 * @param token the compact form, ASCII
 */
public record AblyJwt(String token) implements Credential {

	/**
	 * Returns the size on the wire.
	 * @return bytes
	 */
	public int bytes() {
		return this.token.length();
	}

	@Override
	public String toString() {
		return "AblyJwt(not shown)";
	}

}
