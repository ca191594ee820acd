package dev.ablyauth.devmode;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.session.SessionProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Wires the dev mode.
 */
@Configuration(proxyBeanMethods = false)
@Profile("dev")
class DevConfiguration {

	private static final Logger LOGGER = LoggerFactory.getLogger(DevConfiguration.class);

	private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	@Bean
	SampleLogin sampleLogin(SessionProperties sessions, Clock clock, List<KeyProperties> keys) {
		LOGGER.warn(keys.get(0).isSample()
				? "Dev mode with sample users and a made-up key: tokens are real in form, and Ably does not know them."
						+ " Set ABLY_API_KEY to connect."
				: "Dev mode with sample users and your Ably key: for this machine only");
		return new SampleLogin(sessions.jwt().get(0), clock);
	}

	/**
	 * Only for a browser that was told to go to this machine, not for a name that leads
	 * here.
	 */
	@Bean
	@Order(20)
	SecurityFilterChain devChain(HttpSecurity http) {
		return http.securityMatcher((request) -> isDevPath(request.getRequestURI()) && isOwnName(request))
			.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(
					"default-src 'none'; script-src 'self' https://cdn.ably.com; style-src 'self'; connect-src 'self' https: wss: http://localhost:* ws://localhost:*; frame-ancestors 'none'")))
			.build();
	}

	private static boolean isDevPath(String path) {
		return path.equals("/") || path.startsWith("/dev/");
	}

	private static boolean isOwnName(HttpServletRequest request) {
		return OWN_NAMES.contains(request.getServerName())
				&& request.getRemoteAddr().matches("127\\..*|0:0:0:0:0:0:0:1|::1");
	}

}
