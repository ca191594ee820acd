package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.util.Base64URL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is verified once with a key is verified again in the same way, whatever came
 * before.
 */
class JwsVerifierTests {

	private static final byte[] SECRET = "a-secret-of-more-than-thirty-two-bytes".getBytes(StandardCharsets.US_ASCII);

	private final RSAKey key = key("one");

	private final Set<JWSAlgorithm> algorithms = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.HS256);

	private static RSAKey key(String kid) {
		try {
			return new RSAKeyGenerator(2048).keyID(kid).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private JwsVerifier verifier(JWK... keys) {
		return new JwsVerifier(this.algorithms, new ImmutableJWKSet<>(new JWKSet(List.of(keys))));
	}

	private static CompactJws signed(JWSSigner signer, String header) throws JOSEException {
		String input = Base64URL.encode(header) + "." + Base64URL.encode("{}");
		JWSAlgorithm algorithm = new JWSAlgorithm(
				(String) Claims.read(header.getBytes(StandardCharsets.UTF_8)).get("alg"));
		return CompactJws
			.read(input + "." + signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.US_ASCII)))
			.orElseThrow();
	}

	private static CompactJws signed(RSAKey key, String algorithm) throws JOSEException {
		return signed(new RSASSASigner(key), "{\"alg\":\"" + algorithm + "\",\"kid\":\"one\"}");
	}

	@Test
	void isSignedByWhenAKeySignsByOneAlgorithmAndThenByAnotherThenEachIsVerifiedByItsOwn() throws JOSEException {
		JwsVerifier verifier = verifier(this.key.toPublicJWK());
		for (String algorithm : List.of("RS256", "PS256", "RS256")) {
			assertThat(verifier.isSignedBy(signed(this.key, algorithm))).as(algorithm).isTrue();
		}
		CompactJws mixed = signed(this.key, "RS256");
		String header = Base64URL.encode("{\"alg\":\"PS256\",\"kid\":\"one\"}").toString();
		CompactJws other = CompactJws.read(header + mixed.text().substring(mixed.text().indexOf('.'))).orElseThrow();
		assertThat(verifier.isSignedBy(other)).isFalse();
	}

	@Test
	void isSignedByWhenSeveralKeysHaveOneNameThenAnyOfThem() throws JOSEException {
		JwsVerifier verifier = verifier(key("one").toPublicJWK(), this.key.toPublicJWK());
		assertThat(verifier.isSignedBy(signed(this.key, "RS256"))).isTrue();
		assertThat(verifier.isSignedBy(signed(key("one"), "RS256"))).isFalse();
		assertThat(verifier.isSignedBy(signed(this.key, "RS256"))).isTrue();
	}

	/** RFC 8725 2.1: a public key is no secret. */
	@Test
	void isSignedByWhenTheSecretIsAPublicKeyThenNot() throws Exception {
		JwsVerifier verifier = verifier(this.key.toPublicJWK());
		CompactJws forged = signed(new MACSigner(this.key.toRSAPublicKey().getEncoded()),
				"{\"alg\":\"HS256\",\"kid\":\"one\"}");
		assertThat(verifier.isSignedBy(forged)).isFalse();
		assertThat(verifier.isSignedBy(signed(this.key, "RS256"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"crit\":[\"b64\"],\"b64\":false", "\"zip\":\"DEF\"", "\"b64\":true", "\"kid\":7" })
	void isSignedByWhenTheHeaderAsksForMoreThenNot(String more) throws JOSEException {
		JwsVerifier verifier = verifier(new OctetSequenceKey.Builder(SECRET).build());
		JWSSigner signer = new MACSigner(SECRET);
		assertThat(verifier.isSignedBy(signed(signer, "{\"alg\":\"HS256\"}"))).isTrue();
		assertThat(verifier.isSignedBy(signed(signer, "{\"alg\":\"HS256\"," + more + "}"))).isFalse();
	}

	@Test
	void isSignedByWhenThereIsNoAlgorithmThenNot() {
		JwsVerifier verifier = verifier(new OctetSequenceKey.Builder(SECRET).build());
		CompactJws without = new CompactJws("e30.e30.", Map.of(), Map.of());
		assertThat(verifier.isSignedBy(without)).isFalse();
	}

}
