package dev.ablyauth.session;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the JWKS of one issuer, found by discovery when no address is set. Nothing in a
 * request has a say in the address. What comes back is not trusted either.
 */
final class JwksClient implements KeyClient {

	private static final int MAX_KEYS = 100;

	private static final int MIN_RSA_BITS = 2048;

	private final String issuer;

	private final HttpFetcher http;

	private final @Nullable URI uri;

	JwksClient(String issuer, @Nullable URI uri, HttpFetcher http) {
		this.issuer = issuer;
		this.uri = uri;
		this.http = http;
	}

	@Override
	public JWKSet fetch() throws JwksUnavailableException {
		URI address = (this.uri != null) ? this.uri : discover();
		try {
			JWKSet keys = JWKSet.parse(new String(this.http.get(address), StandardCharsets.UTF_8));
			check(keys);
			return keys.toPublicJWKSet();
		}
		catch (ParseException | JOSEException ex) {
			throw new JwksUnavailableException("the answer is no JWKS");
		}
	}

	private static void check(JWKSet keys) throws JwksUnavailableException, JOSEException {
		if (keys.isEmpty() || keys.size() > MAX_KEYS) {
			throw new JwksUnavailableException("the JWKS must have 1 to " + MAX_KEYS + " keys");
		}
		Set<String> ids = new HashSet<>();
		for (JWK key : keys.getKeys()) {
			if (key.toPublicJWK() == null) {
				throw new JwksUnavailableException("the JWKS has a symmetric key");
			}
			if (key.getKeyID() != null && !ids.add(key.getKeyID())) {
				throw new JwksUnavailableException("the JWKS has two keys of one kid");
			}
			if (key instanceof RSAKey rsa && rsa.toRSAPublicKey().getModulus().bitLength() < MIN_RSA_BITS) {
				throw new JwksUnavailableException("the JWKS has an RSA key under " + MIN_RSA_BITS + " bits");
			}
		}
	}

	/**
	 * Asks the issuer where its keys are. OpenID Connect Discovery 4.3: the document must
	 * be this issuer's own. Stricter: the keys must be on the same host, so that a
	 * document that was tampered with cannot point elsewhere; for an issuer that keeps
	 * them on another host, {@code jwks-uri} is set.
	 */
	private URI discover() throws JwksUnavailableException {
		URI document = document();
		try {
			var metadata = metadata(document);
			URI address = URI.create(String.valueOf(metadata.get("jwks_uri")));
			if (!document.getHost().equals(address.getHost()) || !HttpFetcher.isAllowed(address)) {
				throw new JwksUnavailableException(
						"the discovery document names a jwks_uri on another host; set jwks-uri if that is right");
			}
			return address;
		}
		catch (IllegalArgumentException ex) {
			throw new JwksUnavailableException("the discovery document cannot be read");
		}
	}

	private URI document() {
		return URI.create(this.issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
	}

	private Map<String, Object> metadata(URI document) throws JwksUnavailableException {
		var metadata = Claims.read(this.http.get(document));
		if (!this.issuer.equals(metadata.get("issuer"))) {
			throw new JwksUnavailableException("the discovery document names another issuer");
		}
		return metadata;
	}

	/**
	 * Asks the issuer which claims its tokens have; most of them do not say all. OpenID
	 * Connect Discovery 3, {@code claims_supported}.
	 */
	Set<String> claims() throws JwksUnavailableException {
		Set<String> claims = new HashSet<>();
		if (metadata(document()).get("claims_supported") instanceof List<?> names) {
			names.forEach((name) -> claims.add(String.valueOf(name)));
		}
		return claims;
	}

	@Override
	public String toString() {
		return this.issuer;
	}

}
