package dev.ablyauth.sdk;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.ablyauth.TestServer;

/**
 * The ways in which a request can end, and the state in which each SDK ends by it: the
 * table of answers, with real requests that lead to each.
 */
enum Situation {

	NO_SESSION(401, false, false, ""),

	BADLY_SIGNED(401, false, false, ""),

	SESSION_OVER(401, false, false, ""),

	SESSION_NEARLY_OVER(401, false, false, ""),

	DENIED(403, true, true, ""),

	NOTHING_GRANTED(403, true, true, ""),

	NOTHING_IN_COMMON(403, true, true, "capability={\"other\":[\"publish\"]}"),

	SOMEBODY_ELSE(403, true, true, "clientId=bob"),

	UNREADABLE_PARAMETER(400, false, true, "ttl=soon"),

	SESSION_SOURCE_DOWN(503, false, false, ""),

	FAULT_OF_THE_SERVER(500, false, false, "");

	/** An issuer whose keys nobody can fetch. */
	static final String DEAD_ISSUER = "https://dead.example.com/";

	private final int status;

	private final boolean jsFails;

	private final boolean javaFails;

	private final String param;

	Situation(int status, boolean jsFails, boolean javaFails, String param) {
		this.status = status;
		this.jsFails = jsFails;
		this.javaFails = javaFails;
		this.param = param;
	}

	int status() {
		return this.status;
	}

	/**
	 * The state of ably-js: {@code failed} for good, or {@code disconnected} and trying.
	 */
	String jsState() {
		return this.jsFails ? "failed" : "disconnected";
	}

	/** The state of ably-java. */
	String javaState() {
		return this.javaFails ? "failed" : "disconnected";
	}

	Map<String, String> params() {
		int equals = this.param.indexOf('=');
		return (equals < 0) ? Map.of() : Map.of(this.param.substring(0, equals), this.param.substring(equals + 1));
	}

	Map<String, String> headers() {
		String session = switch (this) {
			case NO_SESSION -> "";
			case BADLY_SIGNED -> TestServer.ann().replaceFirst("\\.[^.]+$", "." + "A".repeat(43));
			case SESSION_OVER -> TestServer.session("ann", Map.of(), Duration.ofHours(-1));
			case SESSION_NEARLY_OVER -> TestServer.session("ann", Map.of(), Duration.ofSeconds(45));
			case DENIED -> TestServer.session("eve", Map.of("suspended", true));
			case NOTHING_GRANTED -> TestServer.session("bob", Map.of("roles", List.of("nothing")));
			case SESSION_SOURCE_DOWN -> ofDeadIssuer();
			default -> TestServer.ann();
		};
		if (this == FAULT_OF_THE_SERVER) {
			return Map.of("Authorization", "Bearer " + session, TestServer.BREAK, "yes");
		}
		return session.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + session);
	}

	private static String ofDeadIssuer() {
		try {
			KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
			return JWT.create()
				.withIssuer(DEAD_ISSUER)
				.withAudience("my-app")
				.withSubject("ann")
				.withKeyId("any")
				.withExpiresAt(Instant.now().plusSeconds(3600))
				.sign(Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
