package dev.ablyauth.session;

/**
 * A JWT of a proxy whose keys are a JWKS: Google IAP, Cloudflare Access, Pomerium.
 * Verified as strictly as app JWTs, by the same code.
 */
final class JwtAssertion implements Assertion {

	private final JwtIssuer issuer;

	JwtAssertion(JwtIssuer issuer) {
		this.issuer = issuer;
	}

	@Override
	public AppUser user(String value, Credentials credentials) {
		return CompactJws.read(value).map(this.issuer::user).orElseThrow(Assertion::invalid);
	}

}
