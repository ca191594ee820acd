package dev.ablyauth.session;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the session kinds.
 */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

	private static final int REFRESH_MINUTES = 5;

	private static final int KEY_THREADS = 4;

	/** Several threads, so that a slow issuer does not hold up the others. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService keyRefresh() {
		return Executors.newScheduledThreadPool(KEY_THREADS, (task) -> {
			Thread thread = new Thread(task, "key-refresh");
			thread.setDaemon(true);
			return thread;
		});
	}

	@Bean
	AppJwtSessions appJwtSessions(SessionProperties settings, Clock clock, ScheduledExecutorService keyRefresh,
			MeterRegistry meters) {
		HttpFetcher http = new HttpFetcher();
		Map<String, JwtIssuer> issuers = new HashMap<>();
		for (JwtIssuerProperties issuer : settings.jwt()) {
			JWKSource<SecurityContext> keys = (issuer.secret() != null) ? secretKey(issuer)
					: remoteKeys(issuer, http, clock, keyRefresh, meters);
			JwsVerifier verifier = new JwsVerifier(issuer.jwsAlgorithms(), keys);
			issuers.put(issuer.issuer(), new JwtIssuer(issuer, verifier, userIds(issuer, settings), clock));
		}
		return new AppJwtSessions(issuers);
	}

	/** The one secret, whatever {@code kid} a token names. */
	private static JWKSource<SecurityContext> secretKey(JwtIssuerProperties issuer) {
		List<JWK> keys = List.of(new OctetSequenceKey.Builder(issuer.secretBytes()).build());
		return (selector, context) -> keys;
	}

	private static RemoteKeys remoteKeys(JwtIssuerProperties issuer, HttpFetcher http, Clock clock,
			ScheduledExecutorService refresh, MeterRegistry meters) {
		RemoteKeys keys = new RemoteKeys(new JwksClient(issuer.issuer(), issuer.jwksUri(), http), clock, refresh);
		Future<?> unused = refresh.scheduleWithFixedDelay(keys::refresh, 0, REFRESH_MINUTES, TimeUnit.MINUTES);
		Gauge.builder("jwks.stale", keys, RemoteKeys::ageSeconds)
			.baseUnit("seconds")
			.tag("issuer", issuer.issuer())
			.description("How long ago the keys of an issuer were fetched; negative if never")
			.register(meters);
		return keys;
	}

	private static UserIds userIds(JwtIssuerProperties issuer, SessionProperties settings) {
		List<String> others = settings.jwt()
			.stream()
			.filter((other) -> !other.userIdPrefix().equals(issuer.userIdPrefix()))
			.map(JwtIssuerProperties::userIdPrefix)
			.toList();
		return new UserIds(issuer.userIdPrefix(), others);
	}

}
