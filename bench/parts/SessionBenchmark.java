package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Asks who the bearer of a session token is, each time of another one of ten thousand.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SessionBenchmark {

	private static final String ISSUER = "https://login.example.com/";

	private static final String SECRET = "a secret that only the app and this server have";

	/**
	 * Tokens signed by a secret.
	 * @param state of the benchmark
	 * @return the user
	 */
	@Benchmark
	public AppUser hs256(Hs256 state) {
		return state.sessions.user(state.tokens.next()).orElseThrow();
	}

	/**
	 * Tokens signed by an RSA key of 2048 bits.
	 * @param state of the benchmark
	 * @return the user
	 */
	@Benchmark
	public AppUser rs256(Rs256 state) {
		return state.sessions.user(state.tokens.next()).orElseThrow();
	}

	/**
	 * The signatures of the same tokens, and nothing else.
	 * @param state of the benchmark
	 * @return whether it is good, which it must be
	 * @throws GeneralSecurityException if Java cannot do it
	 */
	@Benchmark
	public boolean rsaAlone(Signed state) throws GeneralSecurityException {
		state.next = (state.next + 1) % Tokens.COUNT;
		state.rsa.update(state.texts.get(state.next));
		if (!state.rsa.verify(state.signatures.get(state.next))) {
			throw new IllegalStateException("not signed");
		}
		return true;
	}

	private static final class Tokens {

		static final int COUNT = 10_000;

		final List<String> all;

		private int next;

		Tokens(AppTokens signer) {
			AppTokens member = signer.audience("my-app")
				.expiresIn(Duration.ofHours(1))
				.claim("roles", List.of("member"))
				.claim("team", "team-1");
			this.all = IntStream.range(0, COUNT)
				.parallel()
				.mapToObj((user) -> member.subject("user" + user).token())
				.toList();
		}

		String next() {
			this.next = (this.next + 1) % COUNT;
			return this.all.get(this.next);
		}

	}

	/** An issuer with a secret. */
	@State(Scope.Thread)
	public static class Hs256 {

		private final AppJwtSessions sessions = TestSessions.withSecrets(Clock.systemUTC(), "jwt[0].issuer=" + ISSUER,
				"jwt[0].audiences=my-app", "jwt[0].secret=" + SECRET);

		private final Tokens tokens = new Tokens(AppTokens.hs256(ISSUER, SECRET));

	}

	/** An issuer with a key. */
	@State(Scope.Thread)
	public static class Rs256 {

		private final RSAKey key = AppTokens.rsaKey("key-1");

		private final AppJwtSessions sessions = TestSessions.withKeys(Clock.systemUTC(), List.of(this.key),
				"jwt[0].issuer=" + ISSUER, "jwt[0].audiences=my-app");

		private final Tokens tokens = new Tokens(AppTokens.rs256(ISSUER, this.key));

	}

	/** What was signed, and the signatures. */
	@State(Scope.Thread)
	public static class Signed {

		private List<byte[]> texts;

		private List<byte[]> signatures;

		private Signature rsa;

		private int next;

		/**
		 * Takes the tokens apart.
		 * @throws GeneralSecurityException if Java cannot do it
		 * @throws JOSEException if the key is none
		 */
		@Setup
		public void read() throws GeneralSecurityException, JOSEException {
			RSAKey key = AppTokens.rsaKey("key-1");
			List<String> tokens = new Tokens(AppTokens.rs256(ISSUER, key)).all;
			this.texts = tokens.stream()
				.map((token) -> token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII))
				.toList();
			this.signatures = tokens.stream()
				.map((token) -> Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1)))
				.toList();
			this.rsa = Signature.getInstance("SHA256withRSA");
			this.rsa.initVerify(key.toRSAPublicKey());
		}

	}

}
