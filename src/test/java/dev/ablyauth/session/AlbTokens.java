package dev.ablyauth.session;

import java.time.Clock;
import java.time.Duration;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;

/**
 * What a load balancer of AWS writes into x-amzn-oidc-data: the members of header and
 * payload are those of a true one that awslabs/aws-jwt-verify shows in its issue 109.
 */
public final class AlbTokens {

	/** The load balancer. */
	public static final String SIGNER = "arn:aws:elasticloadbalancing:eu-west-1:373508513302:loadbalancer/app/my-alb/a4df45643ccf98ac";

	/** The provider that its rule names. */
	public static final String ISSUER = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_b9VeQUg6y";

	/** The client of the rule. */
	public static final String CLIENT = "3a33a02r5hn3onhtu1mr0dit20";

	/** The id of the user. */
	public static final String USER = "4b5bef9c-f2b5-40ff-a412-412cba9d0702";

	private static final Duration LIFE = Duration.ofMinutes(2);

	private AlbTokens() {
	}

	/** A new key with an id as AWS gives it. */
	public static ECKey key(String kid) {
		return AppTokens.ecKey(Curve.P_256, kid);
	}

	/** A token for two minutes; {@link AppTokens#paddedToken} signs it as AWS does. */
	public static AppTokens of(ECKey key, Clock clock) {
		long expires = clock.instant().plus(LIFE).getEpochSecond();
		return AppTokens.ec(ISSUER, JWSAlgorithm.ES256, key)
			.at(clock)
			.without("iat")
			.header("iss", ISSUER)
			.header("client", CLIENT)
			.header("signer", SIGNER)
			.header("exp", expires)
			.claim("exp", expires)
			.subject(USER)
			.claim("email_verified", "true")
			.claim("name", "John Doe +/=-_")
			.claim("email", "johndoe@example.com")
			.claim("username", USER);
	}

	/** The settings that go with it, each below {@code proxy-assertion}. */
	public static String[] settings(String keyUri) {
		return new String[] { "kind=aws-alb", "signer=" + SIGNER, "issuer=" + ISSUER, "audiences=" + CLIENT,
				"key-uri=" + keyUri };
	}

}
