package dev.ablyauth.session;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The proxy in front that says who the user is, as the settings name it.
 *
 * @param kind {@code jwks}, {@code aws-alb} or {@code header}
 * @param header the header in which it says so; default with {@code aws-alb}:
 * x-amzn-oidc-data
 * @param issuer the exact {@code iss}
 * @param audiences one of these must be in {@code aud}, with {@code aws-alb} be
 * {@code client}
 * @param jwksUri where the keys are; default: by discovery
 * @param algorithms accepted algorithms; default RS256
 * @param region the AWS region of the load balancer
 * @param keyUri where the keys of load balancers are; default: as AWS says for the region
 * @param signer the ARN of the load balancer
 * @param userId claim path of the user's id
 * @param roles claim path of the user's roles
 * @param rolesHeader with {@code header}: a header with roles, separated by commas
 * @param secretHeader with {@code header}: the header with the secret
 * @param secret with {@code header}: what the proxy and this server alone know
 * @param userIdPrefix put before every user id
 * @param sameUsers whether the same id elsewhere is the same person
 */
public record ProxyAssertionProperties(@DefaultValue("") String kind, @DefaultValue("") String header,
		@DefaultValue("") String issuer, @DefaultValue List<String> audiences, @Nullable URI jwksUri,
		@DefaultValue List<String> algorithms, @Nullable String region, @Nullable URI keyUri, @Nullable String signer,
		@DefaultValue("sub") String userId, @DefaultValue("roles") String roles, @Nullable String rolesHeader,
		@DefaultValue("") String secretHeader, @DefaultValue("") String secret, @DefaultValue("") String userIdPrefix,
		@DefaultValue("false") boolean sameUsers) implements UserSource {

	static final String JWKS = "jwks";

	static final String AWS_ALB = "aws-alb";

	static final String HEADER = "header";

	private static final String ALB_HEADER = "x-amzn-oidc-data";

	boolean isPlainHeader() {
		return this.kind.equals(HEADER);
	}

	String headerName() {
		return (this.header.isEmpty() && this.kind.equals(AWS_ALB)) ? ALB_HEADER : this.header;
	}

	byte[] secretBytes() {
		return this.secret.getBytes(StandardCharsets.UTF_8);
	}

	/** AWS, "Authenticate users using an Application Load Balancer". */
	URI albKeys() {
		return (this.keyUri != null) ? this.keyUri
				: URI.create("https://public-keys.auth.elb." + this.region + ".amazonaws.com");
	}

	/**
	 * What an issuer of app JWTs with the same keys would have as its settings. A load
	 * balancer always signs with ES256, names its client in the header, and passes on
	 * whatever the userinfo endpoint says, perhaps also a {@code nonce}.
	 */
	JwtIssuerProperties issuerSettings() {
		boolean alb = this.kind.equals(AWS_ALB);
		return new JwtIssuerProperties(this.issuer, alb ? List.of() : this.audiences, Map.of(), List.of("JWT"), alb,
				this.userIdPrefix, this.sameUsers, this.jwksUri, null, alb ? List.of("ES256") : this.algorithms,
				this.userId, this.roles, null, null, null, List.of());
	}

	@Override
	public List<String> problems(String name) {
		return new ProxyAssertionCheck(this, name).problems();
	}

	/**
	 * Hides the secret.
	 */
	@Override
	public String toString() {
		return "ProxyAssertionProperties(" + this.kind + ")";
	}

}
