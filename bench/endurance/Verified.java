package dev.ablyauth.faults;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.ablyauth.issuing.TestLiveKeys;

/**
 * What a token says, after another library has verified it with the secret of the key
 * that it names.
 *
 * @param key the second half of the name of its key
 * @param policy the version of the policy in its capability
 */
record Verified(String key, int policy) {

	private static final Pattern VERSION = Pattern.compile("\"(?:mail|news)-([0-9]+):");

	/**
	 * Verifies a token.
	 * @throws IllegalArgumentException if it has parts of several policies
	 * @throws com.auth0.jwt.exceptions.JWTVerificationException if it is not signed by
	 * the key that it names, or is over
	 */
	static Verified of(String token) {
		DecodedJWT jwt = JWT.decode(token);
		String key = jwt.getKeyId().substring(TestLiveKeys.APP.length() + 1);
		JWT.require(Algorithm.HMAC256(TestLiveKeys.secret(key))).acceptLeeway(10).build().verify(jwt);
		List<String> versions = VERSION.matcher(jwt.getClaim("x-ably-capability").asString())
			.results()
			.map((MatchResult match) -> match.group(1))
			.toList();
		if (versions.size() != 2 || !versions.get(0).equals(versions.get(1))) {
			throw new IllegalArgumentException("a token of several policies");
		}
		return new Verified(key, Integer.parseInt(versions.get(0)));
	}

}
