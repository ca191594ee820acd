package dev.ablyauth.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions as settings make them, and what a test expects of a refusal.
 */
final class TestSessions {

	private TestSessions() {
	}

	/** Binds settings as Spring does; each line is {@code name=value}. */
	static SessionProperties settings(String... lines) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (String line : lines) {
			int end = line.indexOf('=');
			properties.put("sessions." + line.substring(0, end), line.substring(end + 1));
		}
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("sessions",
				SessionProperties.class);
	}

	/** Wires issuers that have secrets, as the server does. */
	static AppJwtSessions withSecrets(Clock clock, String... lines) {
		ScheduledExecutorService unused = Executors.newSingleThreadScheduledExecutor();
		try {
			return new JwtIssuers(clock, unused, new SimpleMeterRegistry()).sessions(settings(lines).jwt(),
					settings(lines).prefixes());
		}
		finally {
			unused.shutdownNow();
		}
	}

	/** Opens the sessions of a Spring app; each line is {@code name=value}. */
	static SpringSessions ofSpring(Clock clock, List<String> lines) {
		SessionProperties settings = settings(
				lines.stream().map((line) -> "spring-session." + line).toArray(String[]::new));
		SpringSessionProperties app = Objects.requireNonNull(settings.springSession());
		return SpringSessions.open(app, settings.prefixes().of(app), clock);
	}

	/** Wires guests, who are off unless a line says otherwise. */
	static Guests guests(Clock clock, String... lines) {
		ScheduledExecutorService unused = Executors.newSingleThreadScheduledExecutor();
		try {
			GuestProperties guests = settings(lines).guests();
			return new Guests(guests, new GuestTokens(guests, new JwtIssuers(clock, unused, new SimpleMeterRegistry()),
					clock, new SecureRandom()));
		}
		finally {
			unused.shutdownNow();
		}
	}

	/** Makes somebody a guest as the door does: the same as before, if that is proven. */
	static GuestToken admit(Guests guests, Credentials credentials) {
		return guests.knownId(credentials).map(guests::renew).orElseGet(guests::begin);
	}

	/** Wires one issuer with keys that are at hand. */
	static AppJwtSessions withKeys(Clock clock, List<? extends JWK> keys, String... lines) {
		JWKSet published = new JWKSet(List.copyOf(keys)).toPublicJWKSet();
		return withSource(clock, new ImmutableJWKSet<>(published), lines);
	}

	/** Wires one issuer with keys from somewhere. */
	static AppJwtSessions withSource(Clock clock, JWKSource<SecurityContext> keys, String... lines) {
		JwtIssuerProperties issuer = settings(lines).jwt().get(0);
		JwsVerifier verifier = new JwsVerifier(issuer.jwsAlgorithms(), keys);
		return new AppJwtSessions(Map.of(issuer.issuer(),
				new JwtIssuer(AppJwtSessions.KIND, issuer, verifier, UserPrefixes.NONE.of(issuer), clock)));
	}

	/** Checks that the token is one of a configured issuer and is not valid. */
	static void assertInvalid(AppJwtSessions sessions, String token) {
		assertRefused(sessions, token, Reason.INVALID_SESSION);
	}

	static void assertRefused(AppJwtSessions sessions, String token, Reason reason) {
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> sessions.user(token))
			.extracting(Refused::reason)
			.isEqualTo(reason);
	}

}
