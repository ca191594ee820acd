package dev.ablyauth.session;

import java.text.ParseException;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Checks the signature of a token, with algorithms that are fixed by the settings and
 * never chosen by the token. RFC 8725 3.1.
 */
final class JwsVerifier {

	private final DefaultJOSEProcessor<SecurityContext> processor = new DefaultJOSEProcessor<>();

	JwsVerifier(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
		this.processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
		this.processor.setJWSTypeVerifier((type, context) -> {
			// The issuer's settings say which types are accepted.
		});
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
