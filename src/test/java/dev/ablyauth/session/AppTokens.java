package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs app JWTs as an app's login would, and as its attackers would. Nothing here can be
 * changed; every method gives another builder.
 */
public final class AppTokens {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Map<String, RSAKey> RSA_KEYS = new ConcurrentHashMap<>();

	private static final Duration LIFETIME = Duration.ofMinutes(5);

	private final JWSAlgorithm algorithm;

	private final JWSSigner signer;

	private final Clock clock;

	private final Map<String, @Nullable Object> header;

	private final Map<String, @Nullable Object> claims;

	private final @Nullable String payload;

	private AppTokens(JWSAlgorithm algorithm, JWSSigner signer, Clock clock, Map<String, @Nullable Object> header,
			Map<String, @Nullable Object> claims, @Nullable String payload) {
		this.algorithm = algorithm;
		this.signer = signer;
		this.clock = clock;
		this.header = header;
		this.claims = claims;
		this.payload = payload;
	}

	/** Tokens of an issuer that shares a secret with the server. */
	public static AppTokens hs256(String issuer, String secret) {
		return hs256(issuer, secret.getBytes(StandardCharsets.UTF_8));
	}

	/** Tokens signed with these bytes as the secret, whatever they are. */
	public static AppTokens hs256(String issuer, byte[] secret) {
		try {
			return of(issuer, JWSAlgorithm.HS256, new MACSigner(secret));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Tokens of an issuer that signs with this key. */
	public static AppTokens rs256(String issuer, RSAKey key) {
		return rsa(issuer, JWSAlgorithm.RS256, key);
	}

	/** Tokens of an issuer that signs with this key and one of RS and PS. */
	public static AppTokens rsa(String issuer, JWSAlgorithm algorithm, RSAKey key) {
		try {
			return of(issuer, algorithm, new RSASSASigner(key)).kidOf(key);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Tokens of an issuer that signs with this key of an elliptic curve. */
	public static AppTokens ec(String issuer, JWSAlgorithm algorithm, ECKey key) {
		try {
			return of(issuer, algorithm, new ECDSASigner(key)).kidOf(key);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static AppTokens of(String issuer, JWSAlgorithm algorithm, JWSSigner signer) {
		Map<String, @Nullable Object> header = new LinkedHashMap<>();
		header.put("typ", "JWT");
		header.put("alg", algorithm.getName());
		Map<String, @Nullable Object> claims = new LinkedHashMap<>();
		claims.put("iss", issuer);
		return new AppTokens(algorithm, signer, Clock.systemUTC(), header, claims, null).expiresIn(LIFETIME);
	}

	/** An RSA key of 2048 bits: the same one for the same name, made once. */
	public static RSAKey rsaKey(String kid) {
		return RSA_KEYS.computeIfAbsent(kid, AppTokens::newRsaKey);
	}

	private static RSAKey newRsaKey(String kid) {
		try {
			return new RSAKeyGenerator(2048).keyID(kid).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A new key of an elliptic curve. */
	public static ECKey ecKey(Curve curve, String kid) {
		try {
			return new ECKeyGenerator(curve).keyID(kid).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What time the tokens are made at; set it before the claims that depend on it. */
	public AppTokens at(Clock newClock) {
		return new AppTokens(this.algorithm, this.signer, newClock, this.header, this.claims, this.payload)
			.expiresIn(LIFETIME);
	}

	/** Sets iat to now and exp to that much later. */
	public AppTokens expiresIn(Duration lifetime) {
		long now = this.clock.instant().getEpochSecond();
		return claim("iat", now).claim("exp", now + lifetime.toSeconds());
	}

	public AppTokens subject(String subject) {
		return claim("sub", subject);
	}

	/** Sets aud: one name as a string, several as an array. */
	public AppTokens audience(String... audiences) {
		return claim("aud", (audiences.length == 1) ? audiences[0] : List.of(audiences));
	}

	/** Sets a claim to any JSON value, also to null. */
	public AppTokens claim(String name, @Nullable Object value) {
		return new AppTokens(this.algorithm, this.signer, this.clock, this.header, with(this.claims, name, value),
				this.payload);
	}

	public AppTokens without(String claim) {
		return new AppTokens(this.algorithm, this.signer, this.clock, this.header, without(this.claims, claim),
				this.payload);
	}

	/** Sets a member of the header to any JSON value; alg too, whoever signs. */
	public AppTokens header(String name, @Nullable Object value) {
		return new AppTokens(this.algorithm, this.signer, this.clock, with(this.header, name, value), this.claims,
				this.payload);
	}

	public AppTokens withoutHeader(String name) {
		return new AppTokens(this.algorithm, this.signer, this.clock, without(this.header, name), this.claims,
				this.payload);
	}

	public AppTokens kid(String kid) {
		return header("kid", kid);
	}

	/** Sets the whole payload to this text, JSON or not. */
	public AppTokens payload(String text) {
		return new AppTokens(this.algorithm, this.signer, this.clock, this.header, this.claims, text);
	}

	/** Signs. */
	public String token() {
		String text = (this.payload != null) ? this.payload : JSON.writeValueAsString(this.claims);
		String input = Base64URL.encode(JSON.writeValueAsString(this.header)) + "." + Base64URL.encode(text);
		try {
			return input + "."
					+ this.signer.sign(new JWSHeader(this.algorithm), input.getBytes(StandardCharsets.US_ASCII));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Signs as AWS does: base64url with {@code =} at the end, and that is signed too. */
	public String paddedToken() {
		String text = (this.payload != null) ? this.payload : JSON.writeValueAsString(this.claims);
		String input = padded(JSON.writeValueAsString(this.header)) + "." + padded(text);
		try {
			Base64URL signature = this.signer.sign(new JWSHeader(this.algorithm),
					input.getBytes(StandardCharsets.US_ASCII));
			return input + "." + Base64.getUrlEncoder().encodeToString(signature.decode());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String padded(String text) {
		return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	/** A token that names another kid and has the signature of the first one. */
	public static String withKid(String token, String kid) {
		String[] parts = token.split("\\.", -1);
		Map<String, Object> header = Map.of("typ", "JWT", "alg", "RS256", "kid", kid);
		return Base64URL.encode(JSON.writeValueAsString(header)) + "." + parts[1] + "." + parts[2];
	}

	private AppTokens kidOf(JWK key) {
		return (key.getKeyID() != null) ? kid(key.getKeyID()) : this;
	}

	private static Map<String, @Nullable Object> with(Map<String, @Nullable Object> members, String name,
			@Nullable Object value) {
		Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
		changed.put(name, value);
		return changed;
	}

	private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> members, String name) {
		Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
		changed.remove(name);
		return changed;
	}

}
