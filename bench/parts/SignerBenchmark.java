package dev.ablyauth.ably;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.crypto.SecretKey;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Signs a usual token, each time for another one of a thousand people: two resources, a
 * clientId, one hour.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignerBenchmark {

	private static final int PEOPLE = 1000;

	private static final Duration LIFE = Duration.ofHours(1);

	private final ApiKey key = ApiKey.parse(TestKeys.KEY);

	private final SecretKey jjwtKey = Keys.hmacShaKeyFor(TestKeys.KEY_SECRET.getBytes(StandardCharsets.UTF_8));

	private final AblyJwtSigner jwtSigner = new AblyJwtSigner();

	private final TokenRequestSigner tokenRequestSigner = new TokenRequestSigner();

	private final List<AblyJwtClaims> claims = IntStream.range(0, PEOPLE).mapToObj(SignerBenchmark::claims).toList();

	private final List<TokenParams> params = this.claims.stream()
		.map((claims) -> new TokenParams(LIFE, claims.capability(), claims.clientId(), claims.issuedAt(), claims.id()))
		.toList();

	private int next;

	private static AblyJwtClaims claims(int person) {
		Operations operations = Operations.standard();
		Capability capability = Capability.of(Map.of(Resource.parse("team:team-" + person % 100 + ":*"),
				operations.read(List.of("publish", "subscribe", "presence", "history")),
				Resource.parse("notify:person" + person), operations.read(List.of("subscribe", "history"))));
		Instant now = Instant.now();
		return new AblyJwtClaims(now, now.plus(LIFE), capability, ClientId.of("person" + person),
				new Nonce("AAAAAAAAAAAAAAAAAA" + (PEOPLE + person)), JwtFeatures.NONE);
	}

	/** Both JWTs must verify and say the same. */
	@Setup
	public void compare() {
		DecodedJWT ours = verified(jwt().token());
		this.next = 0;
		DecodedJWT theirs = verified(jjwt());
		if (!ours.getPayload().equals(theirs.getPayload()) || !ours.getKeyId().equals(theirs.getKeyId())) {
			throw new IllegalStateException(ours.getToken() + " and " + theirs.getToken());
		}
	}

	private static DecodedJWT verified(String token) {
		return JWT.require(Algorithm.HMAC256(TestKeys.KEY_SECRET)).build().verify(token);
	}

	private int nextPerson() {
		this.next = (this.next + 1) % PEOPLE;
		return this.next;
	}

	/**
	 * An Ably JWT.
	 * @return the token
	 */
	@Benchmark
	public AblyJwt jwt() {
		return this.jwtSigner.sign(this.key, this.claims.get(nextPerson()));
	}

	/**
	 * A TokenRequest.
	 * @return the TokenRequest
	 */
	@Benchmark
	public TokenRequest tokenRequest() {
		return this.tokenRequestSigner.sign(this.key, this.params.get(nextPerson()));
	}

	/**
	 * The same Ably JWT by jjwt.
	 * @return the token
	 */
	@Benchmark
	public String jjwt() {
		AblyJwtClaims said = this.claims.get(nextPerson());
		return Jwts.builder()
			.header()
			.type("JWT")
			.keyId(this.key.name().value())
			.and()
			.issuedAt(Date.from(said.issuedAt()))
			.expiration(Date.from(said.expires()))
			.id(said.id().value())
			.claim("x-ably-capability", said.capability().text())
			.claim("x-ably-clientId", said.clientId().value())
			.signWith(this.jjwtKey, Jwts.SIG.HS256)
			.compact();
	}

}
