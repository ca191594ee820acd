package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Checks the signature of a token, with algorithms that are fixed by the settings and
 * never chosen by the token. RFC 8725 3.1. Of the header, only {@code kid} helps to find
 * the key; what it says of other keys and certificates has no effect.
 */
final class JwsVerifier {

	private static final DefaultJWSVerifierFactory FACTORY = new DefaultJWSVerifierFactory();

	private final Set<JWSAlgorithm> algorithms;

	private final JWKSource<SecurityContext> keys;

	/**
	 * Made once for each key, because that may take longer than to verify. The matcher
	 * gives no key of another family than that of the algorithm.
	 */
	private final Cache<JWK, Optional<JWSVerifier>> verifiers = Caffeine.newBuilder()
		.executor(Runnable::run)
		.weakKeys()
		.build();

	JwsVerifier(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
		this.algorithms = algorithms;
		this.keys = keys;
	}

	/**
	 * Checks, and takes no header that changes what is signed.
	 * @return whether a key of the issuer signed it
	 * @throws Refused if the keys cannot be had, which is an outage and not an answer
	 */
	boolean isSignedBy(CompactJws jws) {
		JWSAlgorithm algorithm = new JWSAlgorithm(String.valueOf(jws.header().get("alg")));
		if (!jws.hasPlainHeader() || !this.algorithms.contains(algorithm)) {
			return false;
		}
		String kid = (jws.header().get("kid") instanceof String text) ? text : null;
		JWSHeader header = new JWSHeader.Builder(algorithm).keyID(kid).build();
		try {
			for (JWK key : this.keys.get(new JWKSelector(matcher(header)), null)) {
				if (isSignedBy(key, header, jws.text())) {
					return true;
				}
			}
			return false;
		}
		catch (KeySourceException ex) {
			throw new Refused(Reason.SESSION_SOURCE_DOWN, "The keys of the session's issuer cannot be reached.");
		}
	}

	private static JWKMatcher matcher(JWSHeader header) {
		JWSAlgorithm algorithm = header.getAlgorithm();
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
		return matcher.build();
	}

	private boolean isSignedBy(JWK key, JWSHeader header, String jws) {
		JWSVerifier verifier = this.verifiers.get(key, (unknown) -> verifier(unknown, header)).orElse(null);
		int end = jws.lastIndexOf('.');
		byte[] signed = jws.substring(0, end).getBytes(StandardCharsets.US_ASCII);
		try {
			return verifier != null && verifier.verify(header, signed, new Base64URL(jws.substring(end + 1)));
		}
		catch (JOSEException ex) {
			return false;
		}
	}

	/**
	 * The same for each algorithm of the family of the key; none for a key that is no
	 * good.
	 */
	private static Optional<JWSVerifier> verifier(JWK jwk, JWSHeader header) {
		try {
			List<Key> keys = KeyConverter.toJavaKeys(List.of(jwk));
			return keys.isEmpty() ? Optional.empty() : Optional.of(FACTORY.createJWSVerifier(header, keys.get(0)));
		}
		catch (JOSEException ex) {
			return Optional.empty();
		}
	}

}
