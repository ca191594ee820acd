package dev.ablyauth.session;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Whether the keys of an issuer can be had at this moment.
 *
 * @param issuer whose keys
 * @param problem why not, or null if they can
 * @param claims the claims that the issuer says its tokens have; empty if it does not say
 */
public record IssuerCheck(String issuer, @Nullable String problem, Set<String> claims) {

	/**
	 * Asks an issuer for its keys.
	 * @param settings of the issuer
	 * @return what came of it; an issuer with a shared secret is not asked
	 */
	public static IssuerCheck of(JwtIssuerProperties settings) {
		if (settings.secret() != null) {
			return new IssuerCheck(settings.issuer(), null, Set.of());
		}
		JwksClient client = new JwksClient(settings.issuer(), settings.jwksUri(), new HttpFetcher());
		try {
			client.fetch();
		}
		catch (JwksUnavailableException ex) {
			return new IssuerCheck(settings.issuer(), ex.getMessage(), Set.of());
		}
		return new IssuerCheck(settings.issuer(), null, claims(client));
	}

	/** An issuer with a jwks-uri need not have a discovery document. */
	private static Set<String> claims(JwksClient client) {
		try {
			return client.claims();
		}
		catch (JwksUnavailableException | IllegalArgumentException ex) {
			return Set.of();
		}
	}

}
