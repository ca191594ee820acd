package dev.ablyauth.issuing;

import java.time.Instant;

import dev.ablyauth.ably.AblyJwt;
import dev.ablyauth.ably.AblyToken;
import dev.ablyauth.ably.Credential;
import dev.ablyauth.ably.Nonce;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;

/**
 * A credential, ready to leave.
 *
 * @param credential what the client connects with
 * @param format what it is
 * @param expires when it ends
 * @param grant what it was made from
 * @param id the {@code jti} or the nonce, by which the audit log knows it
 */
public record IssuedToken(Credential credential, Format format, Instant expires, Grant grant, Nonce id) {

	/**
	 * Tells whether the client gets less than it asked for, or less than the policy gives
	 * because of the key.
	 * @return whether something was lost
	 */
	public boolean narrowed() {
		return this.grant.losses().any();
	}

	/**
	 * Returns the token that a client sends to Ably.
	 * @return a JWT or an opaque Ably Token
	 * @throws IllegalStateException if it is a TokenRequest, which is none
	 */
	public String token() {
		if (this.credential instanceof AblyJwt jwt) {
			return jwt.token();
		}
		if (this.credential instanceof AblyToken opaque) {
			return opaque.token();
		}
		throw new IllegalStateException("a TokenRequest is no token");
	}

	/**
	 * Shows what it is, and nothing of the credential.
	 */
	@Override
	public String toString() {
		return "IssuedToken(" + this.format + ")";
	}

}
