package dev.ablyauth.session;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * Asks AWS for one key of its Application Load Balancers: a PEM text of a P-256 key at an
 * address that ends with the key's id. Where there is none, the answer is 403.
 */
final class AlbKeyClient implements KeyClient {

	private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";

	private static final String END = "-----END PUBLIC KEY-----";

	private final URI uri;

	private final String kid;

	private final HttpFetcher http;

	/**
	 * Creates a client.
	 * @param base where the keys are, from the settings
	 * @param kid letters, digits and {@code -} alone: it becomes part of the address
	 */
	AlbKeyClient(URI base, String kid, HttpFetcher http) {
		this.uri = URI.create(base.toString().replaceAll("/$", "") + "/" + kid);
		this.kid = kid;
		this.http = http;
	}

	@Override
	public JWKSet fetch() throws JwksUnavailableException {
		byte[] pem = this.http.find(this.uri).orElse(null);
		return (pem != null) ? new JWKSet(key(new String(pem, StandardCharsets.US_ASCII).strip())) : new JWKSet();
	}

	private JWK key(String pem) throws JwksUnavailableException {
		if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
			throw new JwksUnavailableException("the answer is no public key in PEM");
		}
		try {
			byte[] bytes = Base64.getMimeDecoder().decode(pem.substring(BEGIN.length(), pem.length() - END.length()));
			ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(bytes));
			if (!Curve.P_256.equals(Curve.forECParameterSpec(key.getParams()))) {
				throw new JwksUnavailableException("the key is not one of P-256");
			}
			return new ECKey.Builder(Curve.P_256, key).keyID(this.kid).build();
		}
		catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException
				| IndexOutOfBoundsException ex) {
			throw new JwksUnavailableException("the answer is no public key of an elliptic curve");
		}
	}

	@Override
	public String toString() {
		return String.valueOf(this.uri.getHost());
	}

}
