package dev.ablyauth.session;

import java.util.List;
import java.util.Optional;

import dev.ablyauth.ably.Refused;

/**
 * What came with a request that may prove who is asking.
 */
public interface Credentials {

	/**
	 * Takes the bearer token of the Authorization header.
	 * @return the token; empty if there is no value, an empty one or another scheme
	 * @throws Refused if there are two values
	 */
	Optional<String> bearer();

	/**
	 * Takes a header. Cookies are had by {@link #cookies} and {@link #cookieHeader}.
	 * @param name of the header
	 * @return its values in their order; none if it did not come
	 */
	List<String> headers(String name);

	/**
	 * Takes the cookies of one name.
	 * @param name of the cookies
	 * @return their values in their order; none if none came
	 * @throws Refused if one came and another site may have made the browser send it
	 */
	List<String> cookies(String name);

	/**
	 * Takes all cookies as they came.
	 * @return the value of the Cookie header, several joined by {@code "; "}; empty if
	 * none came
	 * @throws Refused if one came and another site may have made the browser send it
	 */
	String cookieHeader();

	/**
	 * Tells who is at the other end of the connection.
	 * @return the address of the client or of the last proxy
	 */
	String peer();

	/**
	 * Makes credentials of a token alone.
	 * @param token as a client would send it
	 * @return the credentials
	 */
	static Credentials ofBearer(String token) {
		return new BearerAlone(token);
	}

}
