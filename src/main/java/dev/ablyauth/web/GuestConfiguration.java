package dev.ablyauth.web;

import java.util.List;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ablyauth.issuing.TokenProperties;
import dev.ablyauth.session.Guests;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.CorsFilter;

/**
 * The door for guests, which needs no session. Where the settings allow none, there is
 * nothing behind it.
 */
@Configuration(proxyBeanMethods = false)
class GuestConfiguration {

	private static final Logger LOGGER = LoggerFactory.getLogger(GuestConfiguration.class);

	@Bean
	CallLimits callLimits(RateLimitProperties settings, SharedBuckets shared, Guests guests, WebProperties web) {
		if (guests.enabled() && web.trustedProxies().isEmpty()) {
			LOGGER.warn("Guests are on and ably-auth.web.trusted-proxies is empty: behind a proxy, all who become"
					+ " guests would share the limit of one address");
		}
		return new CallLimits(settings, shared, Ticker.systemTicker());
	}

	@Bean
	@Order(5)
	SecurityFilterChain guestChain(HttpSecurity http, TokenProperties token, Guests guests, Origins origins,
			Refusals refusals) {
		HttpSecurity door = SecurityConfiguration.plain(http).securityMatcher(token.basePath() + "/guest");
		if (!guests.enabled()) {
			return door.addFilterBefore(cors(origins), AuthorizationFilter.class)
				.authorizeHttpRequests((requests) -> requests.anyRequest().denyAll())
				.exceptionHandling((handling) -> handling
					.authenticationEntryPoint(
							(request, response, ex) -> RefusalWriter.write(response, SecurityConfiguration.notFound()))
					.accessDeniedHandler(
							(request, response, ex) -> RefusalWriter.write(response, SecurityConfiguration.notFound())))
				.build();
		}
		return door.addFilterBefore(new MethodFilter(List.of("POST"), refusals), AuthorizationFilter.class)
			.addFilterBefore(cors(origins), AuthorizationFilter.class)
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	private static CorsFilter cors(Origins origins) {
		CorsFilter cors = new CorsFilter(origins);
		cors.setCorsProcessor(new QuietCorsProcessor());
		return cors;
	}

}
