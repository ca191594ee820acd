package dev.ablyauth.session;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the session kinds.
 */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

	private static final int KEY_THREADS = 4;

	/** Several threads, so that a slow issuer does not hold up the others. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService keyRefresh() {
		return threads("key-refresh");
	}

	private static ScheduledExecutorService threads(String name) {
		return Executors.newScheduledThreadPool(KEY_THREADS, (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		});
	}

	@Bean
	JwtIssuers jwtIssuers(Clock clock, ScheduledExecutorService keyRefresh, MeterRegistry meters) {
		return new JwtIssuers(clock, keyRefresh, meters);
	}

	@Bean
	AppJwtSessions appJwtSessions(SessionProperties settings, JwtIssuers issuers) {
		return issuers.sessions(settings.jwt(), settings.prefixes());
	}

	@Bean
	LogoutTokens logoutTokens(SessionProperties settings, JwtIssuers issuers) {
		return issuers.logoutTokens(settings.jwt(), settings.prefixes());
	}

	/** Apart from the others, because anybody can name keys that have to be asked for. */
	@Bean(destroyMethod = "shutdownNow")
	ScheduledExecutorService albKeyRefresh() {
		return threads("alb-key-refresh");
	}

	@Bean
	ProxyAssertions proxyAssertions(JwtIssuers issuers, TrustedPeers proxies, Clock clock,
			ScheduledExecutorService albKeyRefresh) {
		return new ProxyAssertions(issuers, proxies, clock, albKeyRefresh);
	}

	@Bean
	SessionServices sessionServices(Clock clock) {
		return new SessionServices(clock, Ticker.systemTicker());
	}

	@Bean
	Guests guests(SessionProperties settings, JwtIssuers issuers, Clock clock) {
		return new Guests(settings.guests(), new GuestTokens(settings.guests(), issuers, clock, new SecureRandom()));
	}

	/** In their fixed order, those that the settings name. */
	@Bean
	Sessions sessions(SessionProperties settings, AppJwtSessions jwt, ProxyAssertions proxies, SessionServices services,
			Guests guests, Clock clock) {
		UserPrefixes prefixes = settings.prefixes();
		List<SessionKind> kinds = new ArrayList<>();
		kinds.add(jwt);
		if (!settings.introspection().isEmpty()) {
			kinds.add(services.introspection(settings.introspection(), prefixes));
		}
		if (settings.proxyAssertion() != null) {
			kinds.add(proxies.sessions(settings.proxyAssertion(), prefixes));
		}
		if (settings.springSession() != null) {
			kinds.add(SpringSessions.open(settings.springSession(), prefixes.of(settings.springSession()), clock));
		}
		if (settings.forward() != null) {
			kinds.add(services.forward(settings.forward(), prefixes));
		}
		return new Sessions(kinds, guests);
	}

	@Bean
	SessionStates sessionStates(SessionProperties settings, JwtIssuers issuers, Sessions sessions) {
		return new SessionStates(settings, issuers, sessions);
	}

}
