package dev.ablyauth.session;

import com.nimbusds.jose.jwk.JWKSet;

/**
 * Asks for the keys of an issuer at the one place where it publishes them. Its text is
 * the name of that place in log lines.
 */
@FunctionalInterface
interface KeyClient {

	/**
	 * Fetches the keys as they are at this moment.
	 * @return public keys, perhaps none
	 * @throws JwksUnavailableException if nobody can tell what they are
	 */
	JWKSet fetch() throws JwksUnavailableException;

}
