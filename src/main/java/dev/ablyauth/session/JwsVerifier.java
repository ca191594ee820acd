package dev.ablyauth.session;

import java.security.Key;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.SecurityContext;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Checks the signature of a token, with algorithms that are fixed by the settings and
 * never chosen by the token. RFC 8725 3.1. Of the header, only {@code kid} helps to find
 * the key; what it says of other keys and certificates has no effect.
 */
final class JwsVerifier {

	private final DefaultJOSEProcessor<SecurityContext> processor = new DefaultJOSEProcessor<>();

	private final Set<JWSAlgorithm> algorithms;

	private final JWKSource<SecurityContext> keys;

	JwsVerifier(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
		this.algorithms = algorithms;
		this.keys = keys;
		this.processor.setJWSKeySelector((header, context) -> select(header));
		this.processor.setJWSTypeVerifier((type, context) -> {
			// The issuer's settings say which types are accepted.
		});
	}

	private List<Key> select(JWSHeader header) throws KeySourceException {
		JWSAlgorithm algorithm = header.getAlgorithm();
		if (!this.algorithms.contains(algorithm)) {
			return List.of();
		}
		JWKMatcher.Builder matcher = new JWKMatcher.Builder().keyType(KeyType.forAlgorithm(algorithm))
			.keyUses(KeyUse.SIGNATURE, null)
			.keyOperations(KeyOperation.VERIFY, KeyOperation.SIGN, null)
			.algorithms(algorithm, null);
		if (JWSAlgorithm.Family.EC.contains(algorithm)) {
			matcher.curves(Curve.forJWSAlgorithm(algorithm));
		}
		if (!JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
			matcher.keyID(header.getKeyID());
		}
		return KeyConverter.toJavaKeys(this.keys.get(new JWKSelector(matcher.build()), null));
	}

	/**
	 * Checks.
	 * @return whether a key of the issuer signed it
	 * @throws Refused if the keys cannot be had, which is an outage and not an answer
	 */
	boolean isSignedBy(CompactJws jws) {
		try {
			this.processor.process(JWSObject.parse(jws.text()), null);
			return true;
		}
		catch (KeySourceException ex) {
			throw new Refused(Reason.SESSION_SOURCE_DOWN, "The keys of the session's issuer cannot be reached.");
		}
		catch (ParseException | BadJOSEException | JOSEException ex) {
			return false;
		}
	}

}
