package dev.ablyauth.session;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The user claims of an AWS Application Load Balancer. The payload is what the provider's
 * userinfo endpoint said; who signed it for whom and until when, the balancer writes into
 * the header, and there it is checked. AWS, "Authenticate users using an Application Load
 * Balancer", user claims encoding.
 */
final class AlbAssertion implements Assertion {

	private final String signer;

	private final List<String> clients;

	private final String provider;

	private final JwtIssuer issuer;

	/**
	 * Creates an assertion.
	 * @param clients the rule's accepted ids at the provider; none for any
	 * @param issuer verifies the signature and the claims
	 */
	AlbAssertion(String signer, List<String> clients, String provider, JwtIssuer issuer) {
		this.signer = signer;
		this.clients = List.copyOf(clients);
		this.provider = provider;
		this.issuer = issuer;
	}

	@Override
	public AppUser user(String value, Credentials credentials) {
		CompactJws jws = CompactJws.readPadded(value)
			.filter((token) -> isOfThisBalancer(token.header()))
			.orElseThrow(Assertion::invalid);
		return this.issuer.user(jws.with(claims(jws)));
	}

	/**
	 * All balancers of a region sign with the same keys; only signer tells them apart.
	 */
	private boolean isOfThisBalancer(Map<String, Object> header) {
		return this.signer.equals(header.get("signer")) && this.provider.equals(header.get("iss"))
				&& (this.clients.isEmpty()
						|| (header.get("client") instanceof String client && this.clients.contains(client)));
	}

	private Map<String, Object> claims(CompactJws jws) {
		Map<String, Object> claims = new LinkedHashMap<>(jws.claims());
		claims.putIfAbsent("iss", this.provider);
		Object expires = earlier(jws.header().get("exp"), jws.claims().get("exp"));
		if (expires != null) {
			claims.put("exp", expires);
		}
		return Collections.unmodifiableMap(claims);
	}

	/** What is no number comes out, so that it is refused like any other such claim. */
	private static @Nullable Object earlier(@Nullable Object one, @Nullable Object other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		if (one instanceof Number first && other instanceof Number second) {
			return (first.doubleValue() < second.doubleValue()) ? first : second;
		}
		return (one instanceof Number) ? other : one;
	}

}
