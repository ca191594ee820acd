package dev.ablyauth.session;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

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
		return Executors.newScheduledThreadPool(KEY_THREADS, (task) -> {
			Thread thread = new Thread(task, "key-refresh");
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
	Sessions sessions(AppJwtSessions jwt) {
		return new Sessions(List.of(jwt));
	}

}
